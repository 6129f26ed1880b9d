import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { reportSchema, type Report } from '@agent-readiness/protocol';
import { widthOf } from '../../../src/report/text/layout.ts';
import { unicodeSymbols } from '../../../src/report/text/style.ts';
import { toText } from '../../../src/report/text/text.ts';
import { plainStyle } from '../plainStyle.ts';
import { action, effect, finding, fullReport, report } from '../sampleReport.ts';

const screen = 24;

/** One agent with `amount` actions that each write five objects. */
function largeReport(amount: number): Report {
  const [agent] = report().agents;
  const effects = ['A__c', 'B__c', 'C__c', 'D__c', 'E__c'].map((object) => effect({ object }));
  const names = Array.from({ length: amount }, (_, index) => `action_${index}`);
  return report({
    agents: agent ? [{ ...agent, actions: names.map((name) => action(name, effects)) }] : [],
    findings: names.map((name) => finding({ action: name })),
    verdict: { status: 'not-ready', failOn: 'high', findings: { critical: amount, high: 0, medium: 0, low: 0 } },
  });
}

describe('the report for people', () => {
  it('is made of reports that the protocol allows', () => {
    for (const sample of [report(), fullReport(), largeReport(3)]) expect(reportSchema.parse(sample)).toEqual(sample);
  });

  it('answers first, then proves it, then says the answer again', () => {
    const expected = readFileSync(new URL('../fixtures/orderCare.txt', import.meta.url), 'utf8');
    expect(toText(fullReport(), plainStyle)).toBe(expected);
  });

  it('is short when there is nothing to say', () => {
    const ready = report({
      agents: report().agents.map((agent) => ({ ...agent, actions: [action('look_up_order', [])] })),
      findings: [],
      verdict: { status: 'ready', failOn: 'high', findings: { critical: 0, high: 0, medium: 0, low: 0 } },
    });
    expect(toText(ready, { ...plainStyle, symbols: unicodeSymbols }).split('\n')).toEqual([
      '✔ READY  no findings (fails on high or worse).',
      '',
      'Order_Care  agent-script v1 · 1 action · runs as order.care@example.com',
      '  deletes  nothing',
      '',
      '── What each action can change ─────────────────────────────────────────────────',
      '',
      'Read only (1): look_up_order',
      '',
      '── Summary ─────────────────────────────────────────────────────────────────────',
      'Seen: 1 agent, 1 action, 14 files read, 0 failed, 0 targets not in source.',
      'Whole report: --output-file readiness.html; also .md, .sarif, .xml or .json.',
      '',
    ]);
  });

  it('says why nobody can say ready', () => {
    const incomplete = report({
      coverage: { ...fullReport().coverage, opaqueTargets: [] },
      findings: [],
      verdict: { status: 'incomplete', failOn: 'high', findings: { critical: 0, high: 0, medium: 0, low: 0 } },
    });
    const [first] = toText(incomplete, plainStyle).split('\n');
    expect(first).toBe('x INCOMPLETE  1 file could not be read in full, so nobody can say ready; no');
  });

  it('counts a file once, however many of its lines were not read', () => {
    const { filesFailed } = fullReport().coverage;
    const twice = filesFailed.flatMap((failed) => [failed, { ...failed, line: failed.line + 1 }]);
    const text = toText(report({ coverage: { filesParsed: 14, filesFailed: twice, opaqueTargets: [] } }), plainStyle);
    expect(text.match(/1 file not read in full|14 files read, 1 failed/g)).toEqual([
      '1 file not read in full',
      '14 files read, 1 failed',
    ]);
  });

  it.each([50, 500])('keeps the answer on one screen with %d actions', (amount) => {
    const lines = toText(largeReport(amount), plainStyle).split('\n');
    expect(lines.length).toBeLessThan(120);
    const others = amount - 1;
    expect(lines.slice(0, 9)).toEqual([
      `x NOT READY  ${amount} critical findings (fails on high or worse).`,
      '',
      `Order_Care  agent-script v1 | ${amount} actions | runs as order.care@example.com`,
      `  deletes  A__c  as system  nothing in front  action_0 +${others}`,
      `           B__c  as system  nothing in front  action_0 +${others}`,
      `           C__c  as system  nothing in front  action_0 +${others}`,
      `           D__c  as system  nothing in front  action_0 +${others}`,
      '           + 1 more, 1 without a gate that holds',
      '',
    ]);
    expect(lines).toContain(`+ ${amount - 8} more actions that can change something`);
    expect(lines).toContain(`  + ${amount - 4} more`);
    expect(lines.slice(-7)).toEqual([
      `x NOT READY  ${amount} critical findings (fails on high or worse).`,
      `Worst: Order_Care deletes A__c, as system, nothing in front (action_0 +${others}).`,
      `Seen: 1 agent, ${amount} actions, 14 files read, 0 failed, 0 targets not in source.`,
      'Next: fix destructive-without-confirmation in action_0 first.',
      'Why: sf readiness explain Order_Care.action_0',
      'Whole report: --output-file readiness.html; also .md, .sarif, .xml or .json.',
      '',
    ]);
  });

  describe('the command that explains an action', () => {
    const hints = (changes: Partial<Report>): string[] =>
      toText(report(changes), plainStyle)
        .split('\n')
        .filter((line) => line.startsWith('Why: '));
    const agentsWith = (...actions: Report['agents'][number]['actions']): Report['agents'] =>
      report().agents.map((agent) => ({ ...agent, actions }));

    it('names the worst action where there is no finding', () => {
      expect(hints({ findings: [] })).toEqual(['Why: sf readiness explain Order_Care.purge_stale_cases']);
    });

    it('names the topic where two of them offer the action', () => {
      const twice = ['A', 'B'].map((topic) => action('purge_stale_cases', [effect()], { topic }));
      expect(hints({ agents: agentsWith(...twice) })).toEqual([
        'Why: sf readiness explain Order_Care.A.purge_stale_cases',
      ]);
    });

    it.each(['a; rm -rf .', '$(id)', "it's", 'a@b', 'x'.repeat(80)])('is not there for the name %s', (name) => {
      expect(hints({ agents: agentsWith(action(name, [effect()])), findings: [] })).toEqual([]);
    });
  });

  it('says once what several agents have in common', () => {
    const findings = ['One', 'Two', 'Three'].map((agent) => finding({ agent }));
    const lines = toText(report({ findings }), plainStyle).split('\n');
    expect(lines).toContain('critical destructive-without-confirmation (3)');
    expect(lines.filter((line) => line.endsWith('.flow-meta.xml:41 (3 times)'))).toHaveLength(1);
  });

  it('keeps what follows by itself apart from what the action does', () => {
    const children = ['Task', 'Line__c', 'Event', 'Note'].map((object) => effect({ object, reach: 'cascade' }));
    const [agent] = report().agents;
    const agents = agent ? [{ ...agent, actions: [action('purge', [...children, effect()])] }] : [];
    const lines = toText(report({ agents }), plainStyle).split('\n');
    expect(lines.slice(3, 6)).toEqual([
      '  deletes  Case  as system  nothing in front  purge',
      '           + as a consequence: Line__c, Event, Note +1',
      '',
    ]);
    expect(lines).toContain('    + 2 more effects: delete Note, delete Task');
  });

  it('answers for many agents in a line each, worst first', () => {
    const [agent] = fullReport().agents;
    const quiet = action('look_up_order', []);
    const agents = Array.from({ length: 14 }, (_, index) => ({
      ...(agent ?? report().agents[0]),
      name: `Agent_${String.fromCharCode(65 + index)}`,
      actions: [index === 13 ? action('purge', [effect()]) : quiet],
    })) as Report['agents'];
    const lines = toText(report({ agents }), plainStyle).split('\n');
    expect(lines.slice(2, 5)).toEqual([
      'Agent_N                   deletes Case, as system, nothing in front',
      'Agent_A                   changes nothing',
      'Agent_B                   changes nothing',
    ]);
    expect(lines.indexOf('+ 2 more agents, none of them worse')).toBeLessThan(screen);
  });

  it('tells versions of one agent apart', () => {
    const [agent] = report().agents;
    const agents = agent ? ['v1', 'v2'].map((version) => ({ ...agent, version })) : [];
    expect(toText(report({ agents }), plainStyle).split('\n')).toContain(
      'Worst: Order_Care agent-script v1 deletes Case, as system, nothing in front',
    );
  });

  it.each([80, 110])('keeps within %d columns', (width) => {
    for (const sample of [fullReport(), largeReport(60)]) {
      const tooWide = toText(sample, { ...plainStyle, width })
        .split('\n')
        .filter((line) => widthOf(line) > width);
      expect(tooWide).toEqual([]);
    }
  });

  it('gives a pipe whole paths', () => {
    const text = toText(fullReport(), { ...plainStyle, cutPaths: false });
    expect(text).not.toContain('...');
    expect(text).toContain('force-app/main/default/classes/GenericRecordUpdateInvocableAction.cls:133');
  });

  it('prints no control character and no reordered text from metadata', () => {
    const name = 'safe\u001b[2J\u202edetsurt\u0007\r\nnext';
    const text = toText(
      report({ agents: report().agents.map((agent) => ({ ...agent, actions: [action(name, [effect()])] })) }),
      plainStyle,
    );
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).toContain('safe\\u{1b}[2J\\u{202e}detsurt\\u{7} next');
  });
});
