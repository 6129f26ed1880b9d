import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { copyProject, type TestProject } from '@agent-readiness/testkit';
import { runPolicyInit } from '../../../src/actions/policyInit.ts';
import { silent } from '../../../src/actions/progress.ts';
import { policyRules } from '../../../src/policy/policyRules.ts';
import { parsePolicy } from '../../../src/policy/config/parsePolicy.ts';
import { startingPolicy } from '../../../src/policy/startingPolicy.ts';
import { action, effect } from '../../report/sampleReport.ts';
import { edit, gate, legacyProject, messages } from './legacyProject.ts';

const repository = join(import.meta.dirname, '..', '..', '..', '..');
const help = { generation: 'agent-script', file: 'A.agent', version: '' } as const;
const ids = policyRules.map(({ id }) => id);

let project: TestProject | undefined;
afterEach(() => {
  project?.dispose();
});

async function init({ root }: TestProject): Promise<string> {
  const path = await runPolicyInit({ startDir: root, progress: silent }, []);
  return readFileSync(path, 'utf8');
}

describe('the policy to begin with', () => {
  it('allows what each action does, in words that people read', async () => {
    project = legacyProject();
    const text = await init(project);
    expect(text.slice(text.indexOf('agents:'), text.indexOf('\n# Findings that somebody')).split('\n')).toEqual([
      'agents:',
      '  Help_Desk:',
      '    # Whoever answers for the agent: a team, a role, an address.',
      '    # owner: service-team@example.com',
      '    actions:',
      '      Close_Ticket:',
      '        may:',
      '          - update Case.Status # one record, as user, user confirms',
      '      Delete_Ticket:',
      '        may:',
      '          - delete Attachment, CaseComment, CaseContactRole, CaseMilestone, CaseSolution, CaseTeamMember, EmailMessage, Event, Note, Task # children of one, as system, nothing in front',
      '          - delete Case # one record, as user, nothing in front',
      '          - delete EmailMessageRelation, EventRelation, TaskRelation # any number, as system, nothing in front',
      '      Get_Ticket_Status:',
      '        may: []',
      '',
    ]);
  });

  it.each([
    ['the help desk', join(repository, 'examples', 'legacy-planner')],
    ['the library desk', join(repository, 'examples', 'ready-agent')],
    ['every rule there is', join(repository, 'sf-plugin', 'test', 'rules', 'fixtures', 'project')],
  ])('is kept by %s as it is', async (_, folder) => {
    project = copyProject(folder);
    await init(project);
    expect(messages((await gate(project.root)).report, ...ids)).toEqual([]);
  });

  it('can be read where names are strange, and where an agent has no actions', () => {
    const agents = [
      { ...help, name: 'true', actions: [] },
      { ...help, name: 'A: #b', actions: [action('null', [effect({ object: 'x: y' })]), action('- z', [])] },
    ];
    const text = startingPolicy({ agents }, () => 'said: "so" #', 'https://example.com/schema.json');
    const { policy, problems } = parsePolicy('p.yaml', text);
    expect(problems).toEqual([]);
    expect(
      policy?.agents.map(({ name, actions }) => [
        name,
        actions.map((each) => `${each.name} ${each.budget.allowed.map(({ object }) => object).join(' ')}`),
      ]),
    ).toEqual([
      ['A: #b', ['- z ', 'null x: y']],
      ['true', []],
    ]);
  });

  it('is not kept once an action does more', async () => {
    project = legacyProject();
    await init(project);
    edit(
      project.root,
      'force-app/main/default/classes/TicketCloser.cls',
      "Status = 'Closed'",
      "Status = 'Closed', Subject = 'x'",
    );
    expect(messages((await gate(project.root)).report, ...ids)).toEqual([
      'over-budget: Close_Ticket can update Case, which is not in its budget: fields Status → Status, Subject.',
    ]);
  });

  it('never overwrites one', async () => {
    project = legacyProject();
    writeFileSync(join(project.root, 'readiness.config.yaml'), 'version: 1');
    await expect(init(project)).rejects.toThrow('There is a readiness.config.yaml already.');
  });
});

describe('owners', () => {
  it('of the policy answer for agents that no file names an owner of', async () => {
    project = legacyProject();
    const missing = async (root: string): Promise<number> =>
      messages((await gate(root)).report, 'missing-owner').length;
    expect(await missing(project.root)).toBe(1);
    writeFileSync(
      join(project.root, 'readiness.config.yaml'),
      'version: 1\nagents: { Help_Desk: { owner: desk-team@example.com } }',
    );
    expect(await missing(project.root)).toBe(0);
  });
});
