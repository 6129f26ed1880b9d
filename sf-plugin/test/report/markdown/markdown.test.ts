import type { Effect } from '@agent-readiness/protocol';
import { describe, expect, it } from '@jest/globals';
import { code, escape } from '../../../src/report/markdown/escape.ts';
import { toMarkdown } from '../../../src/report/markdown/markdown.ts';
import { action, effect, finding, report } from '../sampleReport.ts';

describe('Markdown', () => {
  it('answers in the open and folds the evidence', () => {
    expect(toMarkdown(report()).split('\n')).toEqual([
      '<!-- agent-readiness -->',
      '## ❌ Agent readiness: NOT READY',
      '',
      '1 critical finding (fails on high or worse).',
      '',
      '| agent | can | what | in whose name | in front | through |',
      '| --- | --- | --- | --- | --- | --- |',
      '| `Order_Care` | delete | `Case` | as system | **nothing in front** | `purge_stale_cases` |',
      '',
      '<details><summary>1 finding</summary>',
      '',
      '| severity | rule | finding | fix | place |',
      '| --- | --- | --- | --- | --- |',
      '| critical | `destructive-without-confirmation` | purge\\_stale\\_cases can delete Case (direct) and nothing stands in front of it. | Set isConfirmationRequired on the action, or guard it with a variable that only a verified step can set. | `force-app/main/default/flows/Purge_Stale_Cases.flow-meta.xml:41` |',
      '',
      '</details>',
      '',
      '<details><summary>What each action can change</summary>',
      '',
      '| action | effect | reach | in whose name | in front | undo | proof |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| `Order_Care/purge_stale_cases` | delete Case | any number, model picks | as system | **nothing in front** | recycle bin | `force-app/main/default/flows/Purge_Stale_Cases.flow-meta.xml:41` |',
      '',
      '</details>',
      '',
      '<sub>1 agent, 1 action, 14 files read, 0 failed, 0 targets not in source</sub>',
      '',
    ]);
  });

  it('folds what follows by automation, so that it does not bury what the actions do themselves', () => {
    const consequence = effect({ object: 'Task', reach: 'cascade' });
    const agents = report().agents.map((agent) => ({
      ...agent,
      actions: [action('purge_stale_cases', [effect(), consequence])],
    }));
    const [open = '', folded = ''] = toMarkdown(report({ agents })).split('<details>');
    expect(open).toContain('| delete | `Case` |');
    expect(open).not.toContain('`Task`');
    expect(folded).toContain('<summary>What follows by automation</summary>');
    expect(folded).toContain('| delete | `Task` |');
    expect(folded).not.toContain('`Case`');
  });

  it('shows ten rows in the open, and joins what follows in the same way', () => {
    const writes = (count: number, changes: Partial<Effect>): Effect[] =>
      Array.from({ length: count }, (_, index) => effect({ object: `Object_${index}__c`, ...changes }));
    const [agent] = report().agents;
    const sample = report({
      agents: agent
        ? [
            {
              ...agent,
              actions: [action('act', [...writes(12, {}), ...writes(3, { reach: 'cascade', identity: 'user' })])],
            },
            { ...agent, name: 'Quiet', actions: [] },
          ]
        : [],
    });
    const [open = '', other = '', consequences = ''] = toMarkdown(sample).split('<details>');
    expect(open.match(/^\| `Order_Care`/gm)).toHaveLength(10);
    expect(open).toContain('\n`Quiet` changes nothing.\n');
    expect(other).toContain('<summary>The other 2</summary>');
    expect(other.match(/^\| `Order_Care`/gm)).toHaveLength(2);
    expect(consequences).toContain(
      '| `Order_Care` | delete | `Object_0__c, Object_1__c, Object_2__c` | as user | **nothing in front** | `act` |',
    );
  });

  it('keeps what does not count apart, with who answers for it', () => {
    const waivedBy = {
      reason: 'Reviewed by hand.',
      owner: 'care-team',
      approver: 'security',
      expires: '2027-01-31',
      place: { file: 'readiness.config.yaml', line: 7, column: 3 },
    };
    const text = toMarkdown(report({ findings: [finding({ waivedBy }), finding({ baseline: 'unchanged' })] }));
    expect(text).not.toContain('<summary>1 finding');
    expect(text).toContain('<summary>2 findings that the verdict does not count</summary>');
    expect(text).toContain('| waived until 2027-01-31 by care-team, approved by security: Reviewed by hand. |');
    expect(text).toContain('| known before, by the baseline |');
  });

  it('fits a comment, worst first, and says what it left out', () => {
    const many = report({
      findings: Array.from({ length: 2_000 }, (_, index) => finding({ action: `action_${index}` })),
      agents: report().agents.map((agent) => ({
        ...agent,
        actions: Array.from({ length: 500 }, (_, index) => action(`action_${index}`, [effect()])),
      })),
    });
    const text = toMarkdown(many);
    expect(text.length).toBeLessThan(24_100);
    expect(text).toContain('| `Order_Care` | delete | `Case` |');
    expect(text.match(/\n\+ \d+ more in the JSON report\n/g)).toHaveLength(2);
    expect(text.match(/<details>/g)).toHaveLength(2);
    expect(text.match(/<\/details>/g)).toHaveLength(2);
    expect(text.trimEnd()).toMatch(/<\/sub>$/);
  });

  it('takes names and messages from metadata as text', () => {
    const name = 'a`|<img src=x>\n# b';
    const text = toMarkdown(
      report({
        agents: report().agents.map((agent) => ({ ...agent, actions: [action(name, [effect()])] })),
        findings: [finding({ message: '@everyone [x](https://example.com) <b> *y* | `z`' })],
      }),
    );
    expect(text).toContain("| `a'\\|<img src=x> # b` |");
    expect(text).toContain('@&#8203;everyone \\[x\\](https:&#8203;//example.com) &lt;b&gt; \\*y\\* \\| \\`z\\`');
  });
});

describe('text of strangers', () => {
  it.each([
    ['@everyone, ask care@example.com', '@&#8203;everyone, ask care@example.com'],
    ['fixes #12 and !3', 'fixes \\#&#8203;12 and !&#8203;3'],
    ['www.example.com', 'www&#8203;.example.com'],
    ['HTTPS://example.com', 'HTTPS:&#8203;//example.com'],
    ['a & b &lt; c', 'a &amp; b &amp;lt; c'],
    ['![x](y) <!-- z -->', '!\\[x\\](y) &lt;!-- z --&gt;'],
  ])('%s stays text', (text, escaped) => {
    expect(escape(text)).toBe(escaped);
  });

  it.each([
    ['a`b', "`a'b`"],
    ['a|b', '`a\\|b`'],
    // A host that splits rows first reads two backslashes as one, and the bar as the end of the cell.
    ['a\\|b', '`a/\\|b`'],
    ['a\\\\|b\\c', '`a//\\|b\\c`'],
  ])('%s stays one code', (text, written) => {
    expect(code(text)).toBe(written);
  });
});
