import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Report } from '@agent-readiness/protocol';
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
  readonly actions: string[];
  readonly findings: string[];
}

/** Reads the verdicts that stand as comments behind the action definitions. */
function readVerdicts(agent: string): Verdicts {
  const script = readFileSync(join(project, 'force-app/aiAuthoringBundles', agent, `${agent}.agent`), 'utf8');
  const verdicts = [...script.matchAll(/^ {8}(\w+): # (finding|no-finding)(?:: (\S+))?$/gm)];
  return {
    actions: verdicts.map(([, action]) => action ?? ''),
    findings: verdicts.flatMap(([, action, verdict, effect]) =>
      verdict === 'finding' ? `${action} ${effect ?? ''}`.trim() : [],
    ),
  };
}

describe.each(rules.map(({ id }) => id))('%s', (id) => {
  it('gives exactly the verdicts of its fixture', () => {
    const agent = agentOf(id);
    const verdicts = readVerdicts(agent);
    const found = report.findings
      .filter((finding) => finding.agent === agent && finding.ruleId === id)
      .map(({ action, effect }) => `${action} ${effect ?? ''}`.trim());
    expect(found.sort()).toEqual(verdicts.findings.sort());
    // A verdict that the harness does not recognise would silently expect nothing.
    expect(
      report.agents
        .find(({ name }) => name === agent)
        ?.actions.map(({ name }) => name)
        .sort(),
    ).toEqual(verdicts.actions.sort());
    expect(verdicts.findings.length).toBeGreaterThan(0);
    expect(verdicts.findings.length).toBeLessThan(verdicts.actions.length);
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
