import type { PrunedBranch } from '@agent-readiness/protocol';
import { placeAt, type Position } from '../../extract/apex/position.ts';
import type { Call, Expansion, LocalEffect } from '../model.ts';
import { selfInput } from './context.ts';
import type { Sink } from './frame.ts';

/**
 * Keeps what a method does. Of a loop body that is looked at twice, the second look counts: it knows more. One place can
 * call a method on objects of several classes, each of which inherits it: those are different calls.
 */
export class Recorder implements Sink {
  readonly #effects = new Map<string, LocalEffect>();
  readonly #calls = new Map<string, Call>();
  /** By file and position. What one round of a loop leaves out, another may reach. */
  readonly #pruned = new Map<string, PrunedBranch>();
  readonly #reached = new Set<string>();
  #changes = false;

  effect(effect: LocalEffect): void {
    this.#effects.set(JSON.stringify([effect.place, effect.operation, effect.object, effect.reversibility]), effect);
  }

  call(make: () => Call): void {
    const call = make();
    this.#calls.set(JSON.stringify([call.place, call.callee, call.context.inputs[selfInput]?.type]), call);
  }

  pruned(file: string, at: Position, reason: string): void {
    this.#pruned.set(keyOf(file, at), { ...placeAt(file, at), reason });
  }

  reached(file: string, at: Position): void {
    this.#reached.add(keyOf(file, at));
  }

  changed(): void {
    this.#changes = true;
  }

  get changes(): boolean {
    return this.#changes;
  }

  toExpansion(): Expansion {
    return {
      effects: [...this.#effects.values()],
      calls: [...this.#calls.values()],
      pruned: [...this.#pruned].filter(([key]) => !this.#reached.has(key)).map(([, branch]) => branch),
    };
  }
}

function keyOf(file: string, at: Position): string {
  return `${file}:${String(at)}`;
}

/** Forgets everything. */
export const silent: Sink = {
  effect: () => undefined,
  call: () => undefined,
  pruned: () => undefined,
  reached: () => undefined,
  changed: () => undefined,
};
