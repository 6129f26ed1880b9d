import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Report } from '@agent-readiness/protocol';
import type { TestProject } from '@agent-readiness/testkit';
import { baselineSchema, type Baseline } from '../../../src/policy/baseline.ts';
import { edit, gate, legacyProject } from './legacyProject.ts';

const deletion = 'force-app/main/default/genAiFunctions/Delete_Ticket/Delete_Ticket.genAiFunction-meta.xml';

const closer = 'force-app/main/default/classes/TicketCloser.cls';

let project: TestProject;
let baseline: string;

beforeEach(() => {
  project = legacyProject();
  baseline = join(project.root, 'readiness.baseline.json');
});
afterEach(() => {
  project.dispose();
});

function read(): Baseline {
  return baselineSchema.parse(JSON.parse(readFileSync(baseline, 'utf8')));
}

function counted({ findings }: Report): string[] {
  return findings
    .filter((finding) => finding.baseline === 'new')
    .map(({ ruleId, action = '' }) => `${ruleId} ${action}`);
}

describe('a baseline', () => {
  it('is written with its day and owner; from then on only new findings fail', async () => {
    const begun = await gate(project.root, { baseline, writeBaseline: true, baselineOwner: 'desk-team@example.com' });
    expect(begun.written).toEqual([baseline]);
    expect(begun.report.verdict.status).toBe('ready');
    const { date, owner, findings } = read();
    expect([date, owner, findings.length]).toEqual([
      '2026-06-01',
      'desk-team@example.com',
      begun.report.findings.length,
    ]);

    const later = await gate(project.root, { baseline }, '2026-09-01');
    expect(later.report.verdict.status).toBe('ready');
    expect(counted(later.report)).toEqual([]);

    edit(project.root, closer, 'update', "delete [SELECT Id FROM Contact WHERE Name = 'x'];\n        update");
    const worse = await gate(project.root, { baseline }, '2026-09-01');
    expect(worse.report.verdict.status).toBe('not-ready');
    // What is not tested is another thing once it deletes.
    expect(counted(worse.report)).toEqual([
      'system-mode-write Close_Ticket',
      'unbounded-write Close_Ticket',
      'cascade-delete Close_Ticket',
      'untested-write Close_Ticket',
    ]);
  });

  it('loses what is fixed when it is written, keeps its day, and gains nothing', async () => {
    await gate(project.root, { baseline, writeBaseline: true, baselineOwner: 'desk-team@example.com' });
    const before = read();
    edit(project.root, deletion, '<isConfirmationRequired>false', '<isConfirmationRequired>true');
    edit(project.root, closer, 'update as user', 'update');
    const { report } = await gate(project.root, { baseline, writeBaseline: true }, '2026-09-01');
    expect(report.baseline?.fixed.map(({ ruleId, action }) => `${ruleId} ${action ?? ''}`)).toEqual([
      'destructive-without-confirmation Delete_Ticket',
    ]);
    const after = read();
    expect([after.date, after.owner]).toEqual([before.date, before.owner]);
    expect(after.findings).toEqual(
      before.findings.filter(({ ruleId }) => ruleId !== 'destructive-without-confirmation'),
    );
    expect(report.verdict.status).toBe('not-ready');
  });

  it('needs an owner', async () => {
    await expect(gate(project.root, { baseline, writeBaseline: true })).rejects.toThrow(
      'A baseline needs somebody who answers for what it holds.',
    );
    expect(existsSync(baseline)).toBe(false);
  });

  it('must be there and be one', async () => {
    await expect(gate(project.root, { baseline })).rejects.toThrow('There is no baseline at');
    writeFileSync(baseline, '{"schemaVersion":1,"date":"yesterday","owner":"x","findings":[]}');
    await expect(gate(project.root, { baseline })).rejects.toThrow('is no baseline: date');
  });
});
