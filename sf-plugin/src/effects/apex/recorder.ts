import type { Place, PrunedBranch } from '@agent-readiness/protocol';
import { placeAt, type Position } from '../../extract/apex/position.ts';
import { calleeKey } from '../callKey.ts';
import type { Call, Callable, Expansion, LocalEffect } from '../model.ts';
import { selfInput } from './context.ts';
import type { CallDetails, Sink } from './frame.ts';

/**
 * Keeps what a method does. Of a loop body that is looked at twice, the second look counts: it knows more. One place can
 * call a method on objects of several classes, each of which inherits it: those are different calls.
 */
export class Recorder implements Sink {
  readonly isSilent = false;
  readonly #effects = new Map<string, LocalEffect>();
  readonly #calls = new Map<string, Call>();
  /** By file and position. What one round of a loop leaves out, another may reach. */
  readonly #pruned = new Map<string, Map<Position, PrunedBranch>>();
  readonly #reached = new Map<string, Set<Position>>();

  effect(effect: LocalEffect): void {
    const { place, operation, object, reversibility } = effect;
    this.#effects.set(`${keyOfPlace(place)}\n${operation}\n${reversibility}\n${object}`, effect);
  }

  call(callee: Callable, describe: () => CallDetails): void {
    const call = { callee, ...describe() };
    const self = call.context.inputs[selfInput]?.type ?? '';
    this.#calls.set(`${keyOfPlace(call.place)}\n${calleeKey(call.callee)}\n${self}`, call);
  }

  pruned(file: string, at: Position, reason: string): void {
    const branches = this.#pruned.get(file) ?? new Map<Position, PrunedBranch>();
    this.#pruned.set(file, branches);
    branches.set(at, { ...placeAt(file, at), reason });
  }

  reached(file: string, at: Position): void {
    let positions = this.#reached.get(file);
    if (!positions) {
      positions = new Set();
      this.#reached.set(file, positions);
    }
    positions.add(at);
  }

  changed(): void {
    // Whether it changes what it is given is asked of it where nothing is known of that.
  }

  toExpansion(): Expansion {
    return {
      effects: [...this.#effects.values()],
      calls: [...this.#calls.values()],
      pruned: [...this.#pruned].flatMap(([file, branches]) =>
        [...branches].filter(([at]) => !this.#reached.get(file)?.has(at)).map(([, branch]) => branch),
      ),
    };
  }
}

function keyOfPlace({ line, column, file }: Place): string {
  return `${String(line)}:${String(column)}:${file}`;
}

/** Keeps only whether a method does anything, and what it calls. */
export class RoughRecorder implements Sink {
  readonly isSilent = false;
  readonly callees: Callable[] = [];
  acts = false;
  changes = false;

  effect(): void {
    this.acts = true;
  }

  call(callee: Callable): void {
    this.callees.push(callee);
  }

  pruned(): void {
    // It is not asked for.
  }

  reached(): void {
    // It is not asked for.
  }

  changed(): void {
    this.changes = true;
  }
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
