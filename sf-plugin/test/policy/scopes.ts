import type { Authority } from '@agent-readiness/protocol';
import type { ActionEffects } from '../../src/policy/diff/actionEffects.ts';

/** One field of one case by the user, unless told otherwise. */
export function authority(changes: Partial<Authority> = {}): Authority {
  return {
    operation: 'update',
    object: 'Case',
    fields: ['Status'],
    extent: 'one',
    identity: 'user',
    gate: 'none',
    reversibility: 'reversible',
    certainty: 'proven',
    ...changes,
  };
}

/** An action that can do this, each effect at a place of its own. */
export function action(name: string, ...effects: readonly Authority[]): ActionEffects {
  return {
    agent: 'Order_Care',
    topic: 'orders',
    action: name,
    effects: effects.map((effect, at) => ({
      effect,
      path: [{ file: 'A.cls', line: at + 1, column: 1, label: `${effect.operation} ${effect.object}` }],
    })),
  };
}
