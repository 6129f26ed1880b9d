import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from '../../../src/policy/config/parsePolicy.ts';
import type { Policy } from '../../../src/policy/config/policy.ts';
import { problemLines } from '../../../src/policy/problem.ts';

function problems(...text: string[]): string[] {
  return problemLines(parsePolicy('p.yaml', text.join('\n')).problems);
}

function policy(...text: string[]): Policy | undefined {
  return parsePolicy('p.yaml', text.join('\n')).policy;
}

const waiver = [
  'version: 1',
  'waivers:',
  '  - rule: unbounded-write',
  '    agent: Order_Care',
  '    reason: Reviewed.',
  '    owner: order-team@example.com',
  '    approver: security-team@example.com',
  '    expires: 2026-08-01',
];

describe('the options of a rule', () => {
  it.each([
    ['sync-callout-budget: { options: { second: 20 } }', '3', 'options of sync-callout-budget: seconds'],
    ['unbounded-write: { options: { seconds: 20 } }', '3', 'unbounded-write has no options'],
  ])('%s is refused', (rule, line, message) => {
    expect(problems('version: 1', 'rules:', `  ${rule}`)).toEqual([
      expect.stringMatching(`^p.yaml:${line}:.*${message}`),
    ]);
  });

  it.each(['seconds: 0', 'seconds: 1.5', 'seconds: soon'])('%s is refused', (option) => {
    expect(problems('version: 1', 'rules:', `  sync-callout-budget: { options: { ${option} } }`)).toHaveLength(1);
  });
});

describe('a policy', () => {
  it('needs nothing but its version', () => {
    expect(policy('version: 1')).toEqual({
      failOn: undefined,
      severities: new Map(),
      ruleOptions: new Map(),
      diffFailOn: ['added', 'widened'],
      waiverDays: 90,
      agents: [],
      waivers: [],
    });
  });

  it('is read with the places of what it says', () => {
    const read = policy(
      'version: 1',
      'failOn: medium',
      'rules:',
      '  unbounded-write: { severity: critical }',
      '  sync-callout-budget: { options: { seconds: 20 } }',
      'diff:',
      '  failOn: [removed]',
      'waiverDays: 30',
      'agents:',
      '  Order_Care:',
      '    owner: order-team@example.com',
      '    may: [create Case, "update Case.Status, Case.Priority"]',
      '    actions:',
      '      cancel_order:',
      '        may:',
      '          - { effect: delete Order, extent: bounded, extentLimit: 5, identity: user, gate: confirmed }',
    );
    const widest = { extent: 'unbounded', identity: 'system', gate: 'none', reversibility: 'irreversible' };
    expect(read).toEqual({
      failOn: 'medium',
      severities: new Map([['unbounded-write', 'critical']]),
      ruleOptions: new Map([['sync-callout-budget', { seconds: 20 }]]),
      diffFailOn: ['removed'],
      waiverDays: 30,
      agents: [
        {
          name: 'Order_Care',
          place: { file: 'p.yaml', line: 10, column: 3 },
          owner: 'order-team@example.com',
          budget: {
            place: { file: 'p.yaml', line: 12, column: 10 },
            allowed: [
              { operation: 'create', object: 'Case', fields: ['*'], ...widest },
              { operation: 'update', object: 'Case', fields: ['Priority', 'Status'], ...widest },
            ],
          },
          actions: [
            {
              name: 'cancel_order',
              place: { file: 'p.yaml', line: 14, column: 7 },
              budget: {
                place: { file: 'p.yaml', line: 16, column: 11 },
                allowed: [
                  {
                    operation: 'delete',
                    object: 'Order',
                    fields: ['*'],
                    extent: 'bounded',
                    extentLimit: 5,
                    identity: 'user',
                    gate: 'confirmed',
                    reversibility: 'irreversible',
                  },
                ],
              },
            },
          ],
        },
      ],
      waivers: [],
    });
  });

  it('unites the fields that several entries name', () => {
    const allowed = policy(
      'version: 1',
      'agents:',
      '  A:',
      '    may: [update Case.Status, delete Case, update Case.Owner, update Contact.Name, update Contact]',
    )?.agents[0]?.budget?.allowed;
    expect(allowed?.map(({ operation, object, fields }) => `${operation} ${object} ${fields.join(' ')}`)).toEqual([
      'update Case Owner Status',
      'delete Case *',
      'update Contact *',
    ]);
  });

  it('takes the dots in other names than those of fields for what they are', () => {
    const allowed = policy('version: 1', 'agents: { A: { may: ["callout api.example.com"] } }')?.agents[0]?.budget
      ?.allowed;
    expect(allowed?.map(({ operation, object, fields }) => [operation, object, fields])).toEqual([
      ['callout', 'api.example.com', ['*']],
    ]);
  });
});

describe('every problem is named at once, with its line', () => {
  it('of the shape and of what the words mean', () => {
    expect(
      problems(
        'version: 2',
        'failOnn: high',
        'failOn: hihg',
        'waiverDays: soon',
        'rules:',
        '  unbounded-write: critical',
        '  unbouded-write: { severity: low }',
        'agents:',
        '  A:',
        '    ovner: somebody',
        '    may: delete Case',
        '  B:',
        '    may:',
        '      - delte Case',
        '      - update Case.',
        '      - create',
        '      - effect: frobnicate Case',
        '      - { effect: update Case, identity: sytem, gates: none }',
        '      - { effect: update Case, extent: bounded }',
        'waivers:',
        '  - rule: exceeds-lock',
        '    agent: A',
        '    reason: ""',
        '    approver: x',
        '    expires: 2026-02-30',
        '  - rule: unbouded-write',
        '    agent: A',
        '    reason: Reviewed.',
        '    owner: x',
        '    approver: y',
        '    expires: 2026-08-01',
      ),
    ).toEqual([
      'p.yaml:1:10 "version" must be 1',
      'p.yaml:2:1 there is no setting "failOnn" here; did you mean "failOn"?',
      'p.yaml:3:9 "failOn" cannot be "hihg"; did you mean "high"?',
      'p.yaml:4:13 "waiverDays" must be a number',
      'p.yaml:6:20 "unbounded-write" must be a mapping',
      'p.yaml:7:3 there is no setting "unbouded-write" here; did you mean "unbounded-write"?',
      'p.yaml:10:5 there is no setting "ovner" here; did you mean "owner"?',
      'p.yaml:11:10 "may" must be a list',
      'p.yaml:14:9 there is no operation "delte"; did you mean "delete"?',
      'p.yaml:15:9 "Case." is no field; write Object.Field',
      'p.yaml:16:9 "create" does not say what to create; * stands for anything',
      'p.yaml:17:17 there is no operation "frobnicate"; it can be create, update, upsert, delete, undelete, merge, convert, send-message, callout, publish-event, enqueue, invoke-agent, call-model, grant, unknown',
      'p.yaml:18:42 "identity" cannot be "sytem"; did you mean "system"?',
      'p.yaml:18:49 there is no setting "gates" here; did you mean "gate"?',
      'p.yaml:19:40 extentLimit belongs to the extent "bounded", and only to it',
      'p.yaml:21:11 "rule" cannot be "exceeds-lock"',
      'p.yaml:23:13 "reason" must not be empty',
      'p.yaml:25:14 "expires" must be a day of the calendar, written as 2030-01-31',
      'p.yaml:26:11 "rule" cannot be "unbouded-write"; did you mean "unbounded-write"?',
    ]);
  });

  it('of who approved what', () => {
    const approved = waiver.map((line) => line.replace('security-team', 'Order-Team'));
    expect(problems(...approved)).toEqual(['p.yaml:7:15 the owner of a waiver cannot approve it too']);
  });

  it('of the syntax', () => {
    expect(problems('version: 1', 'failOn: high', 'failOn: low', 'rules: [')).toEqual([
      'p.yaml:3:1 Map keys must be unique',
      'p.yaml:4:9 Flow sequence in block collection must be sufficiently indented and end with a ]',
    ]);
    expect(problems('just a sentence')).toEqual(['p.yaml:1:1 the file must be a mapping']);
    expect(problems('')).toEqual(['p.yaml:1:1 the file must be a mapping']);
    expect(problems('version: 1', 'failOn: *severity')).toHaveLength(1);
  });
});

describe('a waiver', () => {
  it('is read', () => {
    expect(policy(...waiver)?.waivers).toEqual([
      {
        place: { file: 'p.yaml', line: 3, column: 5 },
        rule: 'unbounded-write',
        agent: 'Order_Care',
        action: undefined,
        effect: undefined,
        reason: 'Reviewed.',
        owner: 'order-team@example.com',
        approver: 'security-team@example.com',
        expires: '2026-08-01',
      },
    ]);
  });

  it.each([
    ['rule', 3],
    ['agent', 3],
    ['reason', 3],
    ['approver', 3],
    ['expires', 3],
  ])('must say its %s', (setting, line) => {
    const without = waiver.filter((each) => !each.includes(`${setting}: `));
    const text = setting === 'rule' ? without.map((each) => each.replace('    agent', '  - agent')) : without;
    expect(problems(...text)).toEqual([`p.yaml:${line}:5 "${setting}" is missing`]);
  });

  it('may lack an owner: that is found, not refused', () => {
    expect(policy(...waiver.filter((each) => !each.includes('owner')))?.waivers).toHaveLength(1);
  });
});
