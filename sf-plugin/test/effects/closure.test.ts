import { describe, expect, it } from '@jest/globals';
import type { Effect, Place } from '@agent-readiness/protocol';
import { closeOver } from '../../src/effects/closure.ts';
import type { Call, Callable, CallContext, Expander, Expansion, LocalEffect } from '../../src/effects/model.ts';
import type { ActionBinding, AgentAction } from '../../src/graph/agent.ts';

const at = (line: number): Place => ({ file: 'x', line, column: 1 });
const context: CallContext = { identity: 'user', isEntry: false, inputs: {}, otherInputs: 'model' };
const flow = (name: string): Callable => ({ kind: 'flow', name });
const method = (name: string): Callable => ({ kind: 'apex-method', name, method: 'run', signature: '' });

function effect(object: string, more: Partial<LocalEffect> = {}): LocalEffect {
  return {
    operation: 'delete',
    object,
    fields: [],
    extent: 'one',
    identity: 'user',
    chosenBy: 'model',
    reversibility: 'recoverable',
    certainty: 'proven',
    place: at(9),
    label: `delete ${object}`,
    ...more,
  };
}

function call(callee: Callable, more: Partial<Call> = {}): Call {
  return { callee, context, cause: 'call', certainty: 'proven', place: at(5), label: `calls ${callee.name}`, ...more };
}

function binding(more: Partial<ActionBinding> = {}): ActionBinding {
  return {
    place: at(1),
    invocation: 'model',
    gate: 'none',
    inputs: [],
    path: [{ ...at(1), label: 'agent' }],
    ...more,
  };
}

function action(bindings: readonly ActionBinding[]): AgentAction {
  return {
    name: 'A',
    aliases: [],
    topic: 'T',
    role: 'action',
    place: at(1),
    target: { type: 'flow', name: 'Start', place: at(2) },
    confirmation: 'none',
    bindings,
  };
}

type Node = Partial<Expansion> | ((context: CallContext) => Partial<Expansion>);

function expander(nodes: Readonly<Record<string, Node>>): Expander {
  return (callable, given) => {
    // Unless a test says otherwise, nothing happens by itself after a write.
    const node = nodes[callable.kind === 'record-event' ? `on ${callable.event} of ${callable.name}` : callable.name];
    if (!node) return callable.kind === 'record-event' ? { effects: [], calls: [], pruned: [] } : undefined;
    const expansion = typeof node === 'function' ? node(given) : node;
    return { effects: [], calls: [], pruned: [], ...expansion };
  };
}

function run(nodes: Readonly<Record<string, Node>>, bindings = [binding()]): readonly Effect[] {
  return closeOver(action(bindings), flow('Start'), expander(nodes)).effects;
}

const summary = ({ operation, object, reach, certainty, gate }: Effect): string =>
  [operation, object, reach, certainty, gate].join(' ');

describe('closeOver', () => {
  it('tells direct, transitive and cascade effects apart', () => {
    const effects = run({
      Start: {
        effects: [effect('Case')],
        calls: [call(method('Helper')), call({ kind: 'trigger', name: 'T', event: 'delete' }, { cause: 'automation' })],
      },
      Helper: { effects: [effect('Contact')] },
      T: { calls: [call(method('Deep'))] },
      Deep: { effects: [effect('Task')] },
    });
    expect(effects.map(summary)).toEqual([
      'delete Case direct proven none',
      'delete Contact transitive proven none',
      'delete Task cascade proven none',
    ]);
  });

  it('calls a method of the invoked class direct, also after a detour', () => {
    const start: Callable = { kind: 'apex-class', name: 'Start', entry: 'invocable' };
    const { effects } = closeOver(
      action([binding()]),
      start,
      expander({
        Start: { calls: [call({ kind: 'apex-method', name: 'Other', method: 'a', signature: '' })] },
        Other: { calls: [call({ kind: 'apex-method', name: 'Start.Inner', method: 'b', signature: '' })] },
        'Start.Inner': { effects: [effect('Case')] },
      }),
    );
    expect(effects.map(summary)).toEqual(['delete Case direct proven none']);
  });

  it('asks what the platform does after each write, and stops asking about what that says itself', () => {
    const effects = run({
      Start: { effects: [effect('Case')] },
      'on delete of Case': { effects: [effect('Task')] },
      'on delete of Task': { effects: [effect('Note')] },
    });
    expect(effects.map(summary)).toEqual(['delete Case direct proven none', 'delete Task cascade proven none']);
  });

  it('ends on cycles and finds what lies behind them', () => {
    const effects = run({
      Start: { calls: [call(flow('B'))] },
      B: { calls: [call(flow('Start')), call(flow('C'))] },
      C: { effects: [effect('Case')], calls: [call(flow('B'))] },
    });
    expect(effects.map(summary)).toEqual(['delete Case transitive proven none']);
  });

  it('keeps the shortest path and counts the others', () => {
    const [found] = run({
      Start: { calls: [call(flow('Long')), call(flow('Short'))] },
      Long: { calls: [call(flow('Middle'))] },
      Middle: { effects: [effect('Case')] },
      Short: { effects: [effect('Case')] },
    });
    expect(found?.path.map(({ label }) => label)).toEqual(['agent', 'calls Short', 'delete Case']);
    expect(found?.otherPaths).toBe(1);
  });

  it('makes an effect behind a possible call possible', () => {
    const effects = run({
      Start: { calls: [call(flow('B'), { certainty: 'possible' })] },
      B: { effects: [effect('Case')] },
    });
    expect(effects.map(summary)).toEqual(['delete Case transitive possible none']);
  });

  it('keeps the proof when the same effect is also possible', () => {
    const [found, ...rest] = run({
      Start: { calls: [call(flow('B'), { certainty: 'possible' }), call(flow('C'))] },
      B: { effects: [effect('Case', { fields: ['Status'] })] },
      C: { calls: [call(flow('D'))] },
      D: { effects: [effect('Case', { fields: ['Owner'], extent: 'unbounded' })] },
    });
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ certainty: 'proven', fields: ['Owner', 'Status'], extent: 'unbounded' });
    expect(found?.path.map(({ label }) => label)).toEqual(['agent', 'calls C', 'calls D', 'delete Case']);
  });

  it('reports a callable that is not in source as unknown, with its place', () => {
    const { effects, opaque } = closeOver(
      action([binding()]),
      flow('Start'),
      expander({ Start: { calls: [call({ kind: 'opaque', type: 'flow', name: 'ns__Managed' })] } }),
    );
    expect(effects.map(summary)).toEqual(['unknown * direct opaque none']);
    expect(opaque).toEqual([
      {
        ...at(5),
        type: 'flow',
        name: 'ns__Managed',
        reason: 'calls ns__Managed is not in the project or cannot be read',
        candidates: [],
      },
    ]);
  });

  it('reports the weakest gate when an action is bound twice', () => {
    const effects = run({ Start: { effects: [effect('Case')] } }, [
      binding({ gate: 'confirmed' }),
      binding({ gate: 'self-grantable' }),
    ]);
    expect(effects.map(summary)).toEqual(['delete Case direct proven self-grantable']);
  });

  it.each([
    ['none', 'approval', 'approval'],
    ['confirmed', 'approval', 'approval'],
    ['confirmed', 'none', 'none'],
    ['none', 'confirmed', 'none'],
    ['confirmed', 'guarded', 'guarded'],
  ] as const)(
    'behind the gate %s, an effect that names %s has the gate %s, and so has what follows from it',
    (gate, named, expected) => {
      const nodes = {
        Start: { effects: [effect('Case', { gate: named })] },
        'on delete of Case': {
          calls: [call({ kind: 'trigger', name: 'T', event: 'delete' }, { cause: 'automation' })],
        },
        T: { effects: [effect('Asset')] },
      };
      expect(run(nodes, [binding({ gate })]).map(summary)).toEqual([
        `delete Case direct proven ${expected}`,
        `delete Asset cascade proven ${expected}`,
      ]);
    },
  );

  it('keeps apart what runs behind an approval and without', () => {
    const nodes = {
      Start: { effects: [effect('Case', { gate: 'approval' }), effect('Lead')] },
      'on delete of Case': { calls: [call({ kind: 'trigger', name: 'T', event: 'delete' })] },
      'on delete of Lead': { calls: [call({ kind: 'trigger', name: 'T', event: 'delete' })] },
      T: { effects: [effect('Asset')] },
    };
    expect(run(nodes).map(summary)).toContain('delete Asset cascade proven none');
  });

  it('does not call ruled out what another path starts', () => {
    const closure = closeOver(
      action([binding()]),
      flow('Start'),
      expander({
        Start: {
          calls: [call(flow('B'), { place: at(7) })],
          pruned: [
            { ...at(7), reason: 'not on this path' },
            { ...at(8), reason: 'on no path' },
          ],
        },
        B: {},
      }),
    );
    expect(closure.pruned).toEqual([{ ...at(8), reason: 'on no path' }]);
  });

  it('gives an unreachable action no effects', () => {
    expect(run({ Start: { effects: [effect('Case')] } }, [])).toEqual([]);
  });

  it('hands the constants of a binding to the target', () => {
    const nodes: Record<string, Node> = {
      Start: ({ inputs }) => (inputs['hard']?.constant === false ? {} : { effects: [effect('Case')] }),
    };
    const bound = binding({ inputs: [{ name: 'hard', chosenBy: 'constant', constant: false, place: at(3) }] });
    expect(run(nodes, [bound])).toEqual([]);
    expect(run(nodes, [binding()])).toHaveLength(1);
  });

  it('stops telling contexts apart when a callable is called in too many, and misses nothing', () => {
    const inputs = (value: number): CallContext => ({
      ...context,
      inputs: { n: { chosenBy: 'constant', constant: value } },
    });
    const effects = run({
      // Each call makes another with a new constant: without a bound this would never end.
      Start: { calls: [call(flow('Loop'), { context: inputs(0) })] },
      Loop: ({ inputs: { n } }) => {
        const value = typeof n?.constant === 'number' ? n.constant : undefined;
        if (value === undefined) return { effects: [effect('Case')] };
        return { calls: [call(flow('Loop'), { context: inputs(value + 1) })] };
      },
    });
    expect(effects.map(summary)).toEqual(['delete Case transitive proven none']);
  });
});
