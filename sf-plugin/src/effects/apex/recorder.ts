import type { Place, PrunedBranch } from '@agent-readiness/protocol';
import type { Call, Expansion, LocalEffect } from '../model.ts';
import type { Sink } from './frame.ts';

/** Keeps what a method does. Of a loop body that is looked at twice, the second look counts: it knows more. */
export class Recorder implements Sink {
  readonly #effects = new Map<string, LocalEffect>();
  readonly #calls = new Map<string, Call>();
  readonly #pruned = new Map<string, PrunedBranch>();
  #changes = false;

  effect(effect: LocalEffect): void {
    this.#effects.set(JSON.stringify([effect.place, effect.operation, effect.object, effect.reversibility]), effect);
  }

  call(make: () => Call): void {
    const call = make();
    this.#calls.set(JSON.stringify([call.place, call.callee]), call);
  }

  pruned(place: Place, reason: string): void {
    this.#pruned.set(JSON.stringify(place), { ...place, reason });
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
      pruned: [...this.#pruned.values()],
    };
  }
}

/** Forgets everything. */
export const silent: Sink = {
  effect: () => undefined,
  call: () => undefined,
  pruned: () => undefined,
  changed: () => undefined,
};
