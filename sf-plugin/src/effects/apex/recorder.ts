import type { Place, PrunedBranch } from '@agent-readiness/protocol';
import { placeAt, type Position } from '../../extract/apex/position.ts';
import { calleeKey } from '../callKey.ts';
import type { Call, Expansion, LocalEffect } from '../model.ts';
import { selfInput } from './context.ts';
import type { Sink } from './frame.ts';

/**
 * Keeps what a method does. Of a loop body that is looked at twice, the second look counts: it knows more. One place can
 * call a method on objects of several classes, each of which inherits it: those are different calls.
 */
export class Recorder implements Sink {
  readonly isSilent = false;
  readonly #effects = new Map<string, LocalEffect>();
  readonly #calls = new Map<string, Call>();
  /** By file and position. What one round of a loop leaves out, another may reach. */
  readonly #pruned = new Map<string, PrunedBranch>();
  readonly #reached = new Set<string>();
  #changes = false;

  effect(effect: LocalEffect): void {
    const { place, operation, object, reversibility } = effect;
    this.#effects.set(`${keyOfPlace(place)}\n${operation}\n${reversibility}\n${object}`, effect);
  }

  call(make: () => Call): void {
    const call = make();
    const self = call.context.inputs[selfInput]?.type ?? '';
    this.#calls.set(`${keyOfPlace(call.place)}\n${calleeKey(call.callee)}\n${self}`, call);
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

function keyOfPlace({ line, column, file }: Place): string {
  return `${String(line)}:${String(column)}:${file}`;
}

function keyOf(file: string, at: Position): string {
  return `${file}:${String(at)}`;
}

/** Forgets everything. */
export const silent: Sink = {
  isSilent: true,
  effect: () => undefined,
  call: () => undefined,
  pruned: () => undefined,
  reached: () => undefined,
  changed: () => undefined,
};
