import { describe, expect, it } from '@jest/globals';
import type { EffectChange, EffectDiff } from '@agent-readiness/protocol';
import { diffMarkdown } from '../../../src/report/diff/diffMarkdown.ts';
import { diffText } from '../../../src/report/diff/diffText.ts';
import { plainStyle } from '../plainStyle.ts';
import { authority } from '../../policy/scopes.ts';

const named = { agent: 'Order_Care', topic: '', action: 'triage' };
const path = [{ file: 'A.cls', line: 7, column: 1, label: 'update Case' }];

function change(changes: Partial<EffectChange> = {}): EffectChange {
  return {
    kind: 'added',
    ...named,
    effect: authority({ fields: ['A', 'B', 'C', 'D'] }),
    attributes: [],
    path,
    ...changes,
  };
}

function diff(changes: Partial<EffectDiff> = {}): EffectDiff {
  const side = { kind: 'directory', sha256: '0'.repeat(64), filesFailed: 0 } as const;
  return {
    schemaVersion: 1,
    base: { ...side, name: 'main' },
    head: { ...side, name: 'the files' },
    actions: { added: [], removed: [] },
    runsAs: [],
    changes: [],
    verdict: { status: 'refused', failOn: ['added'] },
    ...changes,
  };
}

const mixed = diff({
  actions: { added: [{ ...named, action: 'read' }], removed: [{ ...named, action: 'gone' }] },
  changes: [
    change({ kind: 'removed', action: 'gone', path: [] }),
    change(),
    change({
      kind: 'widened',
      attributes: [
        { attribute: 'gate', from: 'confirmed', to: 'none', wider: true },
        { attribute: 'fields', from: '', to: '*', wider: true },
        { attribute: 'extent', from: 'bounded 5', to: 'unbounded', wider: true },
      ],
    }),
  ],
});

describe('the difference as text', () => {
  it('says first what is new, with every field, and the way there', () => {
    expect(diffText(mixed, plainStyle).split('\n')).toEqual([
      'x NEW AUTHORITY  compared with main: effects: 1 added, 1 widened, 1 removed; 1',
      'new action; 1 action gone.',
      '',
      'Order_Care -> read (new action)',
      '',
      'Order_Care -> triage',
      '  + update Case (A, B, C, D) | one record | as user | nothing in front |',
      '    reversible',
      '      update Case  A.cls:7',
      '  ! update Case (A, B, C, D) | user confirms -> nothing in front |',
      '    fields none -> any | up to 5 -> any number',
      '      update Case  A.cls:7',
      '',
      'Order_Care -> gone (action gone)',
      '  - update Case (A, B, C, D) | one record | as user | nothing in front |',
      '    reversible',
      '',
      'Take it away, or have it approved (the policy refuses added).',
      '',
    ]);
  });

  it('says so where nothing differs', () => {
    expect(diffText(diff({ verdict: { status: 'accepted', failOn: [] } }), plainStyle)).toBe(
      'ok NO NEW AUTHORITY  compared with main: no effect differs.\n',
    );
  });

  it('says so where not everything could be read', () => {
    expect(
      diffText(diff({ verdict: { status: 'incomplete', failOn: [] } }), plainStyle).replaceAll('\n', ' '),
    ).toContain('files could not be read, so there may be more');
  });
});

describe('another user', () => {
  const difference = diff({ runsAs: [{ agent: 'Order_Care', from: 'care@example.com', to: '' }] });

  it('is told as text', () => {
    expect(diffText(difference, plainStyle).split('\n').slice(0, 3)).toEqual([
      'x NEW AUTHORITY  compared with main: no effect differs; 1 agent in another name.',
      '',
      'Order_Care runs as care@example.com -> no named user',
    ]);
  });

  it('is told in a comment', () => {
    expect(diffMarkdown(difference).split('\n').slice(3, 6)).toEqual([
      'compared with main: no effect differs; 1 agent in another name.',
      '',
      '🔺 Order\\_Care runs as care@example.com → no named user',
    ]);
  });
});

describe('the difference as a comment', () => {
  it('is a list that names can neither format nor leave', () => {
    const hostile = diff({
      changes: [change({ action: 'a|b`<img>', path: [{ file: '@x|y', line: 1, column: 1, label: '<b>' }] })],
    });
    expect(diffMarkdown(hostile).split('\n')).toEqual([
      '<!-- agent-readiness-diff -->',
      '## ❌ Agent authority: NEW AUTHORITY',
      '',
      'compared with main: effects: 1 added.',
      '',
      "**`Order_Care.a\\|b'<img>`**",
      '',
      '- ➕ added **update Case (A, B, C, D)** · one record · as user · nothing in front · reversible<br>`@x\\|y:1`',
      '',
      '<details><summary>How each of them is reached</summary>',
      '',
      '**update Case (A, B, C, D)**',
      '',
      '1. &lt;b&gt; `@x\\|y:1`',
      '',
      '',
      '</details>',
      '',
      'Take it away, or have it approved (the policy refuses added).',
      '',
    ]);
  });

  it('fits into a comment, and counts what does not', () => {
    const many = Array.from({ length: 2_000 }, (_, at) => change({ action: `action_${at}` }));
    const text = diffMarkdown(diff({ changes: many }));
    expect(text.length).toBeLessThan(61_000);
    const shown = text.split('\n').filter((line) => line.startsWith('- ➕')).length;
    expect(text).toContain(`\n${2_000 - shown} more: see the JSON of the diff.\n`);
  });
});
