import { createHash } from 'node:crypto';
import type { ActionReport, AgentReport, Effect, Report } from '@agent-readiness/protocol';
import { describe, expect, it } from '@jest/globals';
import { toHtml } from '../../../src/report/html/html.ts';
import { context } from '../formatContext.ts';
import { action, effect, finding, fullReport, report } from '../sampleReport.ts';
import { sectionText, textOf } from './pageText.ts';

const page = (sample = report()): string => toHtml(sample, context);

describe('the HTML report', () => {
  it('answers first: the verdict, and what can be deleted', () => {
    const [, masthead = ''] = /<header class="masthead">(.*?)<\/header>/s.exec(page()) ?? [];
    expect(textOf(masthead)).toBe(
      'Agent readiness orders Not ready Case can be deleted, and nothing that holds stands in front. ' +
        '1 critical finding (fails on high or worse). ' +
        '1 agent, 1 action, 14 files read, 0 failed, 0 targets not in source. Folders: force-app.',
    );
  });

  it('says what cannot be deleted, and how far it can see', () => {
    const lead = (effects: Parameters<typeof action>[1]): string => {
      const [agent] = report().agents;
      const sample = report({ agents: agent ? [{ ...agent, actions: [action('act', effects)] }] : [] });
      return textOf(/<p class="lead">(.*?)<\/p>/s.exec(page(sample))?.[1] ?? '');
    };
    const unknown = effect({ operation: 'unknown', object: '*', certainty: 'opaque' });
    expect(lead([effect({ operation: 'create' })])).toBe('Nothing can be deleted.');
    const failed = { ...fullReport().coverage, opaqueTargets: [] };
    const blind = page(
      report({ agents: report().agents.map((agent) => ({ ...agent, actions: [] })), coverage: failed }),
    );
    expect(blind).toContain('Nothing can be deleted, as far as can be seen.');
    expect(sectionText(blind, 'answer')).toContain('deletes nothing that can be seen');
    expect(lead([unknown])).toBe('Nothing can be deleted, as far as can be seen.');
    expect(lead([effect({ gate: 'confirmed' })])).toBe('Nothing can be deleted without a gate that holds.');
    expect(lead([effect({ gate: 'guarded' }), unknown])).toBe(
      'Nothing can be deleted without a gate that holds, as far as can be seen.',
    );
  });

  it('says what the project was held against', () => {
    const sample = report({
      policy: { file: 'readiness.config.yaml', ref: 'origin/main' },
      baseline: { file: 'baseline.json', date: '2026-10-01', owner: 'care-team', fixed: [] },
      lock: { file: 'authority.lock.json', sha256: 'a'.repeat(64), signedBy: 'release-2026', exceeded: true },
      verdict: { ...report().verdict, excused: { waived: 2, baseline: 5 } },
    });
    const [, masthead = ''] = /<header class="masthead">(.*?)<\/header>/s.exec(page(sample)) ?? [];
    expect(textOf(masthead)).toContain(
      'Not counted: 2 waived, 5 known before. Policy readiness.config.yaml of origin/main. ' +
        'Baseline baseline.json of 2026-10-01 by care-team, 0 of it fixed since. ' +
        'Exceeds the reviewed authority in authority.lock.json, signed with release-2026. 1 agent',
    );
    const [, within = ''] =
      /<header class="masthead">(.*?)<\/header>/s.exec(
        page(report({ lock: { file: 'authority.lock.json', sha256: 'a'.repeat(64), exceeded: false } })),
      ) ?? [];
    expect(textOf(within)).toContain(
      'Stays within the reviewed authority in authority.lock.json, unsigned or not verified.',
    );
  });

  it('tells what is deleted, written, sent and started, in whose name and behind which gate', () => {
    expect(sectionText(page(fullReport()), 'answer')).toBe(
      [
        'What can they do?',
        'Order_Care agent-script v1 · 9 actions · runs as order.care@example.com',
        'deletes Case as system nothing in front purge_stale_cases Contact as user unenforced confirm remove_contact',
        'as a consequence: Refund_Line__c Refund_Line__c as system unenforced confirm remove_contact',
        'writes any object as system nothing in front update_any_record Refund__c as user user confirms request_refund',
        'sends email as user nothing in front send_summary callout Payments as system guarded send_summary',
        'unknown not in source as system nothing in front check_fraud',
      ].join(' '),
    );
  });

  it('answers for many agents in one row each', () => {
    const [agent] = report().agents;
    const named = (name: string, ...actions: ActionReport[]): AgentReport[] =>
      agent ? [{ ...agent, name, actions }] : [];
    const agents = [
      ...named('Deletes', action('a', [effect(), effect({ object: 'Order' })])),
      ...named('Writes', action('b', [effect({ operation: 'update', gate: 'guarded' })])),
      ...named('Reads', action('c', [])),
      ...named('Idle'),
    ];
    expect(sectionText(page(report({ agents })), 'answer')).toBe(
      'What can they do? agent deletes writes Deletes Case +1 as system nothing in front – Writes – Case as system guarded ' +
        '2 agents can change nothing: Idle, Reads.',
    );
  });

  it('shows findings with the fix and a way to the path', () => {
    const text = page();
    expect(sectionText(text, 'findings')).toBe(
      'Findings 1 critical destructive-without-confirmation 1 An action can delete, merge or convert records. ' +
        'How to fix Set isConfirmationRequired on the action, or guard it with a variable that only a verified step can set. ' +
        'purge_stale_cases purge_stale_cases can delete Case (direct) and nothing stands in front of it. ' +
        'force-app/main/default/flows/Purge_Stale_Cases.flow-meta.xml:41 Show the path',
    );
    expect(text).toContain('<a href="#effect-1">Show the path</a>');
    expect(text).toContain('id="effect-1"');
  });

  it('keeps findings that do not count apart, with who answers for them', () => {
    const waived = finding({
      action: 'other',
      fingerprint: '00000000000000b1',
      waivedBy: {
        reason: 'Reviewed by hand.',
        owner: 'care-team',
        approver: 'security',
        expires: '2027-01-31',
        place: { file: 'readiness.config.yaml', line: 7, column: 3 },
      },
    });
    const known = finding({ baseline: 'unchanged', fingerprint: '00000000000000b2' });
    const text = sectionText(page(report({ findings: [waived, known] })), 'findings');
    expect(text).toContain('Findings 0 Nothing to fix. Waived 1 1 finding that the verdict does not count');
    expect(text).toContain(
      'Waived until 2027-01-31 : Reviewed by hand. Owner care-team, approved by security. readiness.config.yaml:7',
    );
    expect(text).toContain('Known before, by the baseline 1 1 finding that the verdict does not count');
  });

  it('says what was not seen', () => {
    expect(sectionText(page(fullReport()), 'not-seen')).toBe(
      'Not seen 2 42 files read. 1 file not read in full What is in them may be missing here. syntax error near "}" ' +
        'force-app/main/default/classes/LegacyHelper.cls:310 1 target not in the project What they do is not known; ' +
        'the report counts them as able to do anything. ' +
        'apex fraud__CheckOrder is not in the project or cannot be read; did you mean FraudCheck? ' +
        'force-app/main/default/genAiFunctions/Check_Fraud/Check_Fraud.genAiFunction-meta.xml:6',
    );
  });

  it('joins consequences that differ in nothing but the object', () => {
    const to = (label: string): Effect['path'] => [
      ...effect().path,
      { file: 'force-app/main/default/classes/A.cls', line: 4, column: 1, label },
    ];
    const consequence = (object: string, changes: Partial<Effect> = {}): Effect =>
      effect({ object, reach: 'cascade', path: to(`${object} goes with its Case`), ...changes });
    const [agent] = report().agents;
    const effects = [effect(), consequence('Note'), consequence('Task'), consequence('Event', { identity: 'user' })];
    const text = page(
      report({
        agents: agent ? [{ ...agent, actions: [action('purge_stale_cases', effects)] }] : [],
        findings: [finding({ ruleId: 'cascade-delete', effect: 'delete:Task' })],
      }),
    );
    expect(evidenceOf(text)).toMatchObject({
      labels: [
        'agent Order_Care',
        'action',
        'Delete Records "Purge"',
        'Note goes with its Case; Task goes with its Case',
        'Event goes with its Case',
      ],
      paths: [
        [0, 1, 2],
        [0, 1, 2, 3],
        [0, 1, 2, 4],
      ],
    });
    expect(sectionText(text, 'actions')).toContain(
      '2 consequences by automation delete Note, Task any number as system',
    );
    expect(text).toContain('<a href="#effect-2">Show the path</a>');
  });

  it('tells ten findings of a rule in full, and names the others', () => {
    const findings = Array.from({ length: 12 }, (_, index) => finding({ action: `action_${index}` }));
    const text = sectionText(page(report({ findings })), 'findings');
    expect(text.match(/ can delete Case \(direct\)/g)).toHaveLength(10);
    expect(text).toMatch(/ 2 more action_10 delete:Case action_11 delete:Case$/);
  });

  it('carries each path once, with its source lines', () => {
    expect(evidenceOf(page())).toEqual({
      files: [
        'force-app/main/default/aiAuthoringBundles/Order_Care/Order_Care.agent',
        'force-app/main/default/flows/Purge_Stale_Cases.flow-meta.xml',
      ],
      labels: ['agent Order_Care', 'action', 'Delete Records "Purge"'],
      lines: [{ 12: 'line 12', 88: 'line 88' }, { 41: 'line 41' }],
      hops: [
        [0, 12, 1, 0],
        [0, 88, 9, 1],
        [1, 41, 5, 2],
      ],
      paths: [[0, 1, 2]],
    });
  });

  it('loads nothing and runs nothing but its own script', () => {
    const text = page(fullReport());
    expect(text).not.toMatch(/https?:|\ssrc=|url\(|@import|\sstyle="|\son[a-z]+="/);
    const [, policy = ''] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text) ?? [];
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(text) ?? [];
    const [, script = ''] = /<script>(.*?)<\/script>/s.exec(text) ?? [];
    expect(policy.replaceAll('&#39;', "'").split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'sha256-${sha256(script)}'`,
      `style-src 'sha256-${sha256(style)}'`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
    ]);
  });

  it('takes every name as text', () => {
    const hostile = `"'><script>alert(1)</script><!-- </style> &lt; \u202e\u0000`;
    const text = page(renamed(fullReport(), hostile));
    expect(text.match(/<script/g)).toHaveLength(2);
    expect(text.match(/<\/script/g)).toHaveLength(2);
    expect(text.match(/<\/style/g)).toHaveLength(1);
    expect(text).not.toContain('<!--');
    for (const control of ['\u0000', '\u202e']) expect(text).not.toContain(control);
    expect(text).toContain('&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('is the same for the same report', () => {
    expect(page(fullReport())).toBe(page(fullReport()));
  });

  it('shows five hundred actions within its bytes', () => {
    const text = page(large(500, 4));
    expect(Buffer.byteLength(text)).toBeLessThan(2_000_000);
    expect(text.includes('id="action-500"')).toBe(true);
    expect(text.includes('too large for one page')).toBe(false);
  });

  it('leaves out the least dangerous beyond its bytes, and says so', () => {
    const text = page(large(4_000, 4));
    expect(Buffer.byteLength(text)).toBeLessThan(2_000_000);
    const [, leftOut] = /too large for one page: (\d+) actions left out/.exec(text) ?? [];
    expect(text.match(/<details class="card action"/g)).toHaveLength(4_000 - Number(leftOut));
  });
});

/** Every text of a report that comes from the project, replaced. */
function renamed(sample: Report, name: string): Report {
  const own = new Set(['operation', 'extent', 'identity', 'chosenBy', 'gate', 'reversibility', 'reach', 'certainty']);
  const kept = new Set([
    ...own,
    'generation',
    'confirmation',
    'severity',
    'category',
    'status',
    'failOn',
    'fingerprint',
  ]);
  const map = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return kept.has(key) ? value : name;
    if (Array.isArray(value)) return value.map((item) => map(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([inner, each]) => [inner, map(each, inner)]));
  };
  return map(sample, '') as Report;
}

function large(actions: number, effects: number): Report {
  const [agent] = report().agents;
  if (!agent) throw new Error('The sample has an agent.');
  const named = Array.from({ length: actions }, (_, index) => `action_${index}`);
  const objects = Array.from({ length: effects }, (_, index) => `Object_${index}__c`);
  return report({
    agents: [
      {
        ...agent,
        actions: named.map((name) =>
          action(
            name,
            objects.map((object) => effect({ object })),
          ),
        ),
      },
    ],
    findings: named.map((name) => finding({ action: name })),
  });
}

function evidenceOf(text: string): unknown {
  return JSON.parse(/<script type="application\/json" id="evidence">(.*?)<\/script>/s.exec(text)?.[1] ?? '');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
