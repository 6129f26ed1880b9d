import type { ActionReport } from '@agent-readiness/protocol';
import { describe, expect, it } from '@jest/globals';
import { layoutMap, type MapLayout } from '../../../../src/report/html/map/layout.ts';
import { agentViews } from '../../../../src/report/html/view.ts';
import { action, effect, report } from '../../sampleReport.ts';

function layout(...actions: ActionReport[]): MapLayout {
  const [agent] = report().agents;
  const [view] = agentViews(report({ agents: agent ? [{ ...agent, actions }] : [], findings: [] }));
  if (!view) throw new Error('There is one agent.');
  return layoutMap(view);
}

/** Each line of the picture in words. */
function lines({ edges }: MapLayout): string[] {
  return edges.map(
    ({ lane, target, cascade }) =>
      `${lane.action.view.action.name} –${lane.gate}→ ${target.question} ${target.label}${cascade ? ' (cascade)' : ''}`,
  );
}

describe('the map', () => {
  it('leads from each action through its gates to what changes', () => {
    const drawn = layout(
      action('mail', [effect({ operation: 'send-message', object: 'email', identity: 'user' })]),
      action('close', [
        effect({ gate: 'confirmed' }),
        effect({ operation: 'update', object: 'Contact', gate: 'none' }),
        effect({ object: 'Task', reach: 'cascade', gate: 'confirmed' }),
        effect({ object: 'Note', reach: 'cascade', gate: 'confirmed' }),
      ]),
      action('look', []),
    );
    expect(lines(drawn)).toEqual([
      'close –none→ writes Contact',
      'close –confirmed→ deletes Case',
      'close –confirmed→ deletes 2 more by automation (cascade)',
      'mail –none→ sends email',
    ]);
    expect(drawn.bands.map(({ question }) => question)).toEqual(['deletes', 'writes', 'sends']);
    expect(drawn.targets.map(({ names }) => names)).toEqual([['Case'], ['Note', 'Task'], ['Contact'], ['email']]);
    expect(drawn.actions.map(({ standing }) => standing)).toEqual(['open', 'open']);
  });

  it('puts rows one below the other, both columns around one middle', () => {
    const { lanes, bands, targets, height } = layout(
      action('a', [effect()]),
      action('b', [effect({ object: 'Order' })]),
    );
    expect(lanes.map(({ y }) => y)).toEqual([64, 94]);
    expect(bands.map(({ y }) => y)).toEqual([52]);
    expect(targets.map(({ y }) => y)).toEqual([79, 109]);
    expect(height).toBe(136);
  });

  it('draws of many actions those that show something new', () => {
    const same = Array.from({ length: 30 }, (_, index) => action(`same_${index}`, [effect()]));
    const drawn = layout(...same, action('other', [effect({ operation: 'create', object: 'Lead', gate: 'guarded' })]));
    expect(drawn.actions).toHaveLength(16);
    expect(drawn.hiddenActions).toBe(15);
    expect(lines(drawn)).toContain('other –guarded→ writes Lead');
  });

  it('joins what does not fit', () => {
    const objects = Array.from({ length: 14 }, (_, index) => `Object_${index}__c`);
    const drawn = layout(
      action(
        'all',
        objects.map((object) => effect({ object })),
      ),
    );
    expect(drawn.targets.map(({ label }) => label).slice(8)).toEqual(['Object_4__c', '5 more']);
    expect(drawn.edges).toHaveLength(14);
  });
});
