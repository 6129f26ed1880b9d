import { describe, expect, it } from '@jest/globals';
import { parseXml } from '@rgrove/parse-xml';
import { toJunit } from '../../../src/report/junit/junit.ts';
import { context } from '../formatContext.ts';
import { action, effect, finding, report } from '../sampleReport.ts';

describe('JUnit', () => {
  it('has a failed case per finding that fails, a skipped one per waiver, a passed one per other action', () => {
    const waived = finding({
      action: 'remove_contact',
      effect: 'delete:Contact',
      waivedBy: {
        reason: 'A person approves each one.',
        owner: 'care-team',
        approver: 'security',
        expires: '2027-01-31',
        place: { file: 'readiness.config.yaml', line: 4, column: 5 },
      },
    });
    const below = finding({ ruleId: 'untested-write', severity: 'low', action: 'open_case', message: 'No test.' });
    const known = finding({ baseline: 'unchanged', action: 'open_case' });
    const [agent] = report().agents;
    const sample = report({
      agents: agent
        ? [
            {
              ...agent,
              actions: [action('purge_stale_cases', [effect()]), action('remove_contact', []), action('open_case', [])],
            },
          ]
        : [],
      findings: [finding(), waived, below, known],
      coverage: {
        filesParsed: 3,
        filesFailed: [{ file: 'classes/Old.cls', line: 3, column: 1, reason: 'syntax error near "}"' }],
        opaqueTargets: [],
      },
    });
    expect(toJunit(sample, context).split('\n')).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="agent readiness" tests="5" failures="1" errors="1" skipped="1">',
      '  <testsuite name="Order_Care v1" tests="4" failures="1" errors="0" skipped="1">',
      '    <testcase classname="Order_Care" name="purge_stale_cases destructive-without-confirmation delete:Case" file="force-app/main/default/flows/Purge_Stale_Cases.flow-meta.xml">',
      '      <failure type="critical" message="purge_stale_cases can delete Case (direct) and nothing stands in front of it.">purge_stale_cases can delete Case (direct) and nothing stands in front of it.',
      'Fix: Set isConfirmationRequired on the action, or guard it with a variable that only a verified step can set.',
      'force-app/main/default/flows/Purge_Stale_Cases.flow-meta.xml:41',
      '',
      'Path:',
      '  agent Order_Care (force-app/main/default/aiAuthoringBundles/Order_Care/Order_Care.agent:12)',
      '  action (force-app/main/default/aiAuthoringBundles/Order_Care/Order_Care.agent:88)',
      '  Delete Records &quot;Purge&quot; (force-app/main/default/flows/Purge_Stale_Cases.flow-meta.xml:41)</failure>',
      '    </testcase>',
      '    <testcase classname="Order_Care" name="remove_contact destructive-without-confirmation delete:Contact" file="force-app/main/default/flows/Purge_Stale_Cases.flow-meta.xml">',
      '      <skipped message="Waived until 2027-01-31: A person approves each one. (owner care-team, approved by security)"/>',
      '    </testcase>',
      '    <testcase classname="Order_Care" name="remove_contact" file="force-app/main/default/aiAuthoringBundles/Order_Care/Order_Care.agent"/>',
      '    <testcase classname="Order_Care" name="open_case" file="force-app/main/default/aiAuthoringBundles/Order_Care/Order_Care.agent">',
      '      <system-out>low untested-write: No test. (force-app/main/default/flows/Purge_Stale_Cases.flow-meta.xml:41)</system-out>',
      '    </testcase>',
      '  </testsuite>',
      '  <testsuite name="files not read in full" tests="1" failures="0" errors="1" skipped="0">',
      '    <testcase classname="coverage" name="classes/Old.cls" file="classes/Old.cls">',
      '      <error type="not read in full" message="syntax error near &quot;}&quot;">classes/Old.cls:3</error>',
      '    </testcase>',
      '  </testsuite>',
      '</testsuites>',
      '',
    ]);
  });

  it('names files from the root of the repository', () => {
    const files = toJunit(report(), { projectPath: 'sfdx/' }).match(/ file="[^"]*"/g);
    expect(files).toEqual([' file="sfdx/force-app/main/default/flows/Purge_Stale_Cases.flow-meta.xml"']);
  });

  it('is well formed whatever the names say', () => {
    const name = `"]]><![CDATA[<a b='&amp;'>\u0000\u001b[2J\ufffe\ud800`;
    const [agent] = report().agents;
    const sample = report({
      agents: agent ? [{ ...agent, name, actions: [action(name, [])] }] : [],
      findings: [finding({ agent: name, action: name, message: name, fix: name })],
    });
    const [suite] = parseXml(toJunit(sample, context)).root?.children.filter(({ type }) => type === 'element') ?? [];
    expect(suite?.toJSON()).toMatchObject({
      attributes: { name: `"]]><![CDATA[<a b='&amp;'>\\u{0}\\u{1b}[2J\ufffd\\u{d800} v1` },
    });
  });
});
