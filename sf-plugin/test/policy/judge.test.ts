import { describe, expect, it } from '@jest/globals';
import type { BaselineEntry, Finding, Report } from '@agent-readiness/protocol';
import { parsePolicy } from '../../src/policy/config/parsePolicy.ts';
import { noPolicy, type Policy } from '../../src/policy/config/policy.ts';
import { judge, type Judgement } from '../../src/policy/judge.ts';
import { action, effect, finding, report as sample } from '../report/sampleReport.ts';

const update = effect({ operation: 'update', object: 'Case', fields: ['Priority', 'Status'], identity: 'user' });

/** One agent with an action that deletes cases and one that updates them. */
const facts: Report = sample({
  agents: [
    {
      name: 'Order_Care',
      generation: 'agent-script',
      file: 'Order_Care.agent',
      version: '',
      actions: [action('purge', [effect()]), action('triage', [update, effect({ operation: 'unknown', object: '*' })])],
    },
  ],
  findings: [finding({ action: 'purge' })],
});

function policyOf(...lines: string[]): Policy {
  const { policy, problems } = parsePolicy('p.yaml', ['version: 1', ...lines].join('\n'));
  expect(problems).toEqual([]);
  return policy ?? noPolicy;
}

function judged(policy: Policy, changes: Partial<Judgement> = {}): Report {
  return judge(facts, { policy, failOn: 'high', today: '2026-06-01', isWhole: true, ...changes });
}

function lines({ findings }: Report): string[] {
  return findings.map(({ ruleId, severity, message }: Finding) => `${severity} ${ruleId} ${message}`);
}

const known =
  'critical destructive-without-confirmation purge_stale_cases can delete Case (direct) and nothing stands in front of it.';

function waiver(changes: Record<string, string | undefined> = {}): string[] {
  const settings: Record<string, string | undefined> = {
    rule: 'destructive-without-confirmation',
    agent: 'Order_Care',
    action: 'purge',
    reason: 'Reviewed.',
    owner: 'order-team@example.com',
    approver: 'security-team@example.com',
    expires: '2026-08-01',
    ...changes,
  };
  const written = Object.entries(settings).flatMap(([name, value]) =>
    value === undefined ? [] : [`    ${name}: "${value}"`],
  );
  return ['waivers:', ...written].map((line, at) => (at === 1 ? line.replace('    ', '  - ') : line));
}

describe('without a policy', () => {
  it('changes nothing', () => {
    expect(judged(noPolicy)).toEqual({
      ...facts,
      verdict: { status: 'not-ready', failOn: 'high', findings: { critical: 1, high: 0, medium: 0, low: 0 } },
    });
  });
});

describe('severities', () => {
  it('are those of the policy, and count as such', () => {
    const report = judged(policyOf('rules: { destructive-without-confirmation: { severity: low } }'));
    expect(lines(report)).toEqual([known.replace('critical', 'low')]);
    expect(report.verdict).toEqual({
      status: 'ready',
      failOn: 'high',
      findings: { critical: 0, high: 0, medium: 0, low: 1 },
    });
  });
});

describe('a budget', () => {
  it('of an action says what is outside, and by how much', () => {
    const report = judged(
      policyOf(
        'agents:',
        '  Order_Care:',
        '    actions:',
        '      triage: { may: [update Case.Status] }',
        '      purge: { may: [delete Case] }',
      ),
    );
    expect(lines(report)).toEqual([
      known,
      'high over-budget triage can do what cannot be seen here, which is not in its budget.',
      'high over-budget triage can update Case, which is not in its budget: fields Status → Priority, Status.',
    ]);
  });

  it('of an agent holds for actions without one of their own', () => {
    const report = judged(
      policyOf(
        'agents:',
        '  Order_Care:',
        '    may: [delete Case]',
        '    actions:',
        '      triage: { may: [update Case, unknown *] }',
      ),
    );
    expect(lines(report)).toEqual([known]);
    expect(lines(judged(policyOf('agents: { Order_Care: { may: [update Case, unknown *] } }')))).toEqual([
      known,
      'high over-budget purge can delete Case, which is not in its budget.',
    ]);
  });

  it('may limit extent, identity, gate and reversibility', () => {
    const limited = (limit: string): string[] =>
      lines(
        judged(
          policyOf(`agents: { Order_Care: { actions: { purge: { may: [{ effect: delete Case, ${limit} }] } } } }`),
        ),
      ).slice(1);
    const over = 'high over-budget purge can delete Case, which is not in its budget: ';
    expect(limited('extent: one')).toEqual([`${over}extent one → unbounded.`]);
    expect(limited('identity: user')).toEqual([`${over}identity user → system.`]);
    expect(limited('gate: guarded')).toEqual([`${over}gate guarded → none.`]);
    expect(limited('reversibility: reversible')).toEqual([`${over}reversibility reversible → recoverable.`]);
    expect(limited('reversibility: recoverable')).toEqual([]);
  });

  it('for a name that nobody has is a finding, for it would protect nothing', () => {
    const policy = policyOf(
      'agents:',
      '  Order_Cart: { may: [] }',
      '  Order_Care: { actions: { Purge: { may: [] } } }',
    );
    expect(lines(judged(policy))).toEqual([
      known,
      'high stale-policy-entry Order_Care has no action "Purge"; did you mean "purge"?',
      'high stale-policy-entry There is no agent "Order_Cart"; did you mean "Order_Care"?',
    ]);
    // Other agents may exist that were not checked.
    expect(lines(judged(policy, { isWhole: false })).slice(1)).toEqual([
      'high stale-policy-entry Order_Care has no action "Purge"; did you mean "purge"?',
    ]);
  });
});

describe('a waiver', () => {
  const title = 'The waiver of destructive-without-confirmation for Order_Care purge';

  it('excuses what it fits, and the verdict counts the rest', () => {
    const report = judged(policyOf(...waiver()));
    expect(report.findings).toEqual([
      {
        ...finding({ action: 'purge' }),
        waivedBy: {
          reason: 'Reviewed.',
          owner: 'order-team@example.com',
          approver: 'security-team@example.com',
          expires: '2026-08-01',
          place: { file: 'p.yaml', line: 3, column: 5 },
        },
      },
    ]);
    expect(report.verdict).toEqual({
      status: 'ready',
      failOn: 'high',
      findings: { critical: 0, high: 0, medium: 0, low: 0 },
      excused: { waived: 1, baseline: 0 },
    });
  });

  it.each([
    [{ effect: 'delete:*', action: 'p*', agent: '*' }, '2026-06-01', 'waived', []],
    [{}, '2026-07-17', 'waived', []],
    [{}, '2026-07-18', 'waived', [`low expiring-waiver ${title} expires on 2026-08-01, in 14 days.`]],
    [{}, '2026-07-31', 'waived', [`low expiring-waiver ${title} expires on 2026-08-01, in 1 day.`]],
    [{}, '2026-08-01', 'waived', [`low expiring-waiver ${title} expires today.`]],
    [{}, '2026-08-02', 'counts', [`high expired-waiver ${title} expired on 2026-08-01 and holds no longer.`]],
    [{ owner: undefined }, '2026-06-01', 'counts', [`high ownerless-waiver ${title} has no owner and does not hold.`]],
    [
      { expires: '2026-08-31' },
      '2026-06-01',
      'counts',
      [
        `high overlong-waiver ${title} expires on 2026-08-31, 91 days from now; the policy permits 90. It does not hold.`,
      ],
    ],
    [{ expires: '2026-08-30' }, '2026-06-01', 'waived', []],
    [
      { effect: 'delete:Contact' },
      '2026-06-01',
      'counts',
      [`medium unused-waiver ${title} delete:Contact matches no finding.`],
    ],
    [
      { rule: 'opaque-target' },
      '2026-06-01',
      'counts',
      ['medium unused-waiver The waiver of opaque-target for Order_Care purge matches no finding.'],
    ],
    [
      { action: 'Purge' },
      '2026-06-01',
      'counts',
      [`medium unused-waiver ${title.replace('purge', 'Purge')} matches no finding.`],
    ],
    // What is fixed as well as expired is only to be removed.
    [
      { effect: 'delete:Contact' },
      '2027-01-01',
      'counts',
      [`medium unused-waiver ${title} delete:Contact matches no finding.`],
    ],
  ] as const)('%j on %s: the finding is %s', (changes, today, state, others) => {
    const report = judged(policyOf(...waiver(changes)), { today });
    expect(report.findings.some(({ waivedBy }) => waivedBy !== undefined) ? 'waived' : 'counts').toBe(state);
    expect(lines(report).filter((line) => line !== known)).toEqual(others);
  });

  it('of an agent that was not checked is not called unused', () => {
    const policy = policyOf(...waiver({ agent: 'Other' }));
    expect(lines(judged(policy))).toHaveLength(2);
    expect(lines(judged(policy, { isWhole: false }))).toEqual([known]);
  });

  it('may excuse an exceeded budget', () => {
    const policy = policyOf(
      'agents: { Order_Care: { actions: { purge: { may: [] } } } }',
      ...waiver({ rule: 'over-budget' }),
    );
    expect(
      judged(policy).findings.map(({ ruleId, waivedBy }) => `${ruleId} ${waivedBy ? 'waived' : 'counts'}`),
    ).toEqual(['destructive-without-confirmation counts', 'over-budget waived']);
  });

  it('twice over has two defects with two fingerprints', () => {
    const [head = '', ...rest] = waiver({ owner: undefined });
    const { findings } = judged(policyOf(head, ...rest, ...rest));
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(3);
  });
});

describe('a baseline', () => {
  const entry = {
    fingerprint: finding().fingerprint,
    ruleId: 'destructive-without-confirmation',
    severity: 'critical',
    agent: 'Order_Care',
    action: 'purge',
    effect: 'delete:Case',
  } as const;
  const baseline = (...findings: BaselineEntry[]) => ({
    baseline: {
      file: 'b.json',
      baseline: { schemaVersion: 1 as const, date: '2026-05-01', owner: 'order-team', findings },
    },
  });

  it('excuses what it holds, and says what of it is fixed', () => {
    const fixed = { ...entry, fingerprint: 'ffffffffffffffff' };
    const report = judged(noPolicy, baseline(entry, fixed));
    expect(report.findings.map((each) => each.baseline)).toEqual(['unchanged']);
    expect(report.verdict.excused).toEqual({ waived: 0, baseline: 1 });
    expect(report.verdict.status).toBe('ready');
    expect(report.baseline).toEqual({ file: 'b.json', date: '2026-05-01', owner: 'order-team', fixed: [fixed] });
  });

  it('does not excuse what is new or has become more severe', () => {
    expect(judged(noPolicy, baseline()).findings.map((each) => each.baseline)).toEqual(['new']);
    expect(judged(noPolicy, baseline({ ...entry, severity: 'high' })).verdict.status).toBe('not-ready');
  });

  it.each([{ ruleId: 'opaque-target' }, { agent: 'Other' }, { action: 'other' }, { effect: 'delete:Other' }])(
    'does not excuse what has only the fingerprint in common: %p',
    (other) => {
      expect(judged(noPolicy, baseline({ ...entry, ...other })).findings.map((each) => each.baseline)).toEqual(['new']);
    },
  );

  it('never holds what the policy itself lacks', () => {
    const policy = policyOf(...waiver({ owner: undefined }));
    const [, defect] = judged(policy).findings;
    const report = judged(policy, baseline(entry, { ...entry, fingerprint: defect?.fingerprint ?? '' }));
    expect(report.findings.map(({ ruleId, baseline: state }) => `${ruleId} ${state ?? 'counts'}`)).toEqual([
      'destructive-without-confirmation unchanged',
      'ownerless-waiver counts',
    ]);
  });
});
