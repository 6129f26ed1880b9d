import type { Effect } from '@agent-readiness/protocol';
import {
  explanationSchemaVersion,
  type ExplainedEffect,
  type ExplainedHop,
  type Explanation,
} from '../../../src/report/explain/explanation.ts';
import { action, effect } from '../sampleReport.ts';

const source = 'force-app/main/default';
export const script = `${source}/aiAuthoringBundles/Order_Care/Order_Care.agent`;

/** A hop whose source is the given lines; the hop stands on the second, or on the only one. */
export function hop(file: string, line: number, label: string, ...lines: readonly string[]): ExplainedHop {
  const first = lines.length > 1 ? line - 1 : line;
  const column = 1;
  return { file, line, column, label, source: lines.map((text, index) => ({ line: first + index, column, text })) };
}

const toAction: readonly ExplainedHop[] = [
  hop(script, 9, 'agent Order_Care', 'config:', '    developer_name: "Order_Care"', '    agent_label: "Order Care"'),
  hop(script, 100, 'offers remove_order', 'actions:', '    remove_order: @actions.remove_order'),
];

const removal: readonly ExplainedHop[] = [
  ...toAction,
  hop(
    `${source}/classes/OrderCancellation.cls`,
    16,
    'calls OrderService.cancel',
    '        new OrderService().cancel(id);',
  ),
  hop(
    `${source}/classes/RecordRemover.cls`,
    4,
    'delete Order',
    '    void remove() {',
    '        delete records;',
    '    }',
  ),
];

export function explained(path: readonly ExplainedHop[], changes: Partial<Omit<Effect, 'path'>> = {}): ExplainedEffect {
  return { ...effect({ object: 'Order', extent: 'one', reach: 'transitive', ...changes }), path: [...path] };
}

/** What is said of an action beside its effects and its calls. */
export function actionFacts(name: string): Omit<Explanation['action'], 'calls'> {
  const { topic, target, place, reachable, confirmation, pruned } = action(name, []);
  return { name, topic, target, place, reachable, confirmation, pruned };
}

/** An action that deletes an order, and what goes with it. */
export function explanation(changes: Partial<Explanation> = {}): Explanation {
  return {
    schemaVersion: explanationSchemaVersion,
    agent: { name: 'Order_Care', generation: 'agent-script', file: script, version: 'v1' },
    action: {
      ...actionFacts('remove_order'),
      target: { type: 'apex', name: 'OrderCancellation' },
      calls: [
        { file: script, line: 90, column: 9, invocation: 'model', gate: 'guarded' },
        { file: script, line: 100, column: 9, invocation: 'model', gate: 'none' },
      ],
    },
    effects: [
      explained(removal, { otherPaths: 2 }),
      explained([...removal, hop(`${source}/classes/RecordRemover.cls`, 4, 'Note.ParentId goes with its Order')], {
        object: 'Note',
        extent: 'children-of-one',
        reach: 'cascade',
      }),
    ],
    otherEffects: 0,
    coverage: { filesParsed: 5, filesFailed: [], opaqueTargets: [] },
    ...changes,
  };
}
