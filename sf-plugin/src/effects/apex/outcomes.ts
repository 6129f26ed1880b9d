import type { ApexMethod } from '../../extract/apex/summary.ts';
import { deepest } from './bounds.ts';
import type { Outcome } from './outcome.ts';

/** What a method did that was given the same. */
interface Known {
  whole: Outcome | undefined;
  /**
   * By how many callees deep the caller stood. What a method did that stands too deep for all of its callees to be
   * looked into holds for that depth only.
   */
  readonly cut: (Outcome | undefined)[];
}

/** What callees did, by what they were given. */
export class Outcomes {
  readonly #known = new Map<ApexMethod, Map<string, Known>>();

  /** @param depth how many callees deep the caller stands */
  find(method: ApexMethod, key: string, depth: number): Outcome | undefined {
    const known = this.#known.get(method)?.get(key);
    const whole = known?.whole;
    return whole && depth + whole.height < deepest ? whole : known?.cut[depth];
  }

  keep(method: ApexMethod, key: string, depth: number, outcome: Outcome): void {
    const ofMethod = this.#known.get(method) ?? new Map<string, Known>();
    this.#known.set(method, ofMethod);
    const known = ofMethod.get(key) ?? { whole: undefined, cut: [] };
    ofMethod.set(key, known);
    if (outcome.effort.isCut) known.cut[depth] = outcome;
    else known.whole = outcome;
  }
}
