import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { AgentReport, Report } from '@agent-readiness/protocol';
import { runCheck } from '../../src/actions/check.ts';
import { rules } from '../../src/rules/registry.ts';

const project = join(import.meta.dirname, 'fixtures', 'project');
const docs = join(import.meta.dirname, '..', '..', '..', 'docs', 'rules');
const silent = { start: () => undefined, update: () => undefined, stop: () => undefined };

let report: Report;
beforeAll(async () => {
  report = await runCheck(
    { startDir: project, progress: silent },
    { sourceDirs: [], agents: [], allVersions: false, failOn: 'high' },
  );
});

/** `destructive-without-confirmation` is tried on the agent `DestructiveWithoutConfirmation`. */
function agentOf(ruleId: string): string {
  return ruleId.replaceAll(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

interface Verdicts {
  /** Every agent and action that has a verdict. */
  readonly subjects: string[];
  readonly findings: string[];
}

/** Reads the verdicts that stand as comments: behind the action definitions, and where the agent is named. */
function readVerdicts({ name: agent, file }: AgentReport): Verdicts {
  const source = readFileSync(join(project, file), 'utf8');
  const [, ofAgent] = /^(?: {4}developer_name: "\w+" #|<!--) (finding|no-finding)\b/m.exec(source) ?? [];
  const ofActions = [...source.matchAll(onAction)].map(([, script, bundle, verdict, effect]) => {
    const action = script ?? bundle ?? '';
    return { action, finding: verdict === 'finding' ? [`${agent} ${action} ${effect ?? ''}`.trim()] : [] };
  });
  return {
    subjects: [...(ofAgent ? [agent] : []), ...ofActions.map(({ action }) => `${agent} ${action}`)],
    findings: [...(ofAgent === 'finding' ? [agent] : []), ...ofActions.flatMap(({ finding }) => finding)],
  };
}

/** `close: # finding: update:Case` of a script, `<developerName>close</developerName> <!-- no-finding -->` of a bundle. */
const onAction =
  /^(?: {8}(\w+): #|\s*<developerName>(\w+)<\/developerName> <!--) (finding|no-finding)(?:: (\S+))?(?: -->)?$/gm;

describe.each(rules.map(({ id }) => id))('%s', (id) => {
  it('gives exactly the verdicts of its fixtures', () => {
    const agents = report.agents.filter(({ name }) => name === agentOf(id) || name.startsWith(`${agentOf(id)}_`));
    const verdicts = agents.map(readVerdicts);
    const expected = verdicts.flatMap(({ findings }) => findings).sort();
    const found = report.findings
      .filter(({ agent, ruleId }) => ruleId === id && agents.some(({ name }) => name === agent))
      .map(({ agent, action, effect }) => [agent, action, effect].filter(Boolean).join(' '));
    expect(found.sort()).toEqual(expected);
    // A verdict that the harness does not recognise would silently expect nothing.
    const subjects = verdicts.flatMap((each) => each.subjects);
    const actions = agents.flatMap(({ name, actions: all }) =>
      all.filter(({ target }) => target.name !== 'Route_To_Desk').map((action) => `${name} ${action.name}`),
    );
    expect(subjects.filter((subject) => subject.includes(' ')).sort()).toEqual(actions.sort());
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThan(subjects.length);
  });

  it('has a page with the fixed headings, its category and its severity', () => {
    const page = join(docs, `${id}.md`);
    expect(existsSync(page)).toBe(true);
    const text = readFileSync(page, 'utf8');
    const rule = rules.find((each) => each.id === id);
    expect(text).toContain(`# ${id}\n`);
    expect(text).toContain(`**Category** ${rule?.category} · **Severity** ${rule?.severity}`);
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
      'What it reports',
      'Why it matters',
      'Example',
      'How to fix',
      'When not to use',
      'Limits',
    ]);
  });

  it('stands in the index with its summary', () => {
    const rule = rules.find((each) => each.id === id);
    const rows = readFileSync(join(docs, 'README.md'), 'utf8')
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()));
    expect(rows).toContainEqual(['', `[${id}](${id}.md)`, rule?.category, rule?.severity, rule?.summary, '']);
  });
});

describe('findings', () => {
  it('have fingerprints of their own', () => {
    const fingerprints = report.findings.map(({ fingerprint }) => fingerprint);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
  });

  it('end their path at their place', () => {
    for (const { path, place } of report.findings) {
      if (path.length > 0) expect(path.at(-1)).toMatchObject(place);
    }
  });
});
