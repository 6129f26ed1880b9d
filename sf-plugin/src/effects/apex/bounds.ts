/** How many callees deep a method is looked into. */
export const deepest = 3;
/** How many statements of callees are run in all. */
const mostStatements = 1500;
/** How many rounds of loops are run in all, so that the work does not double with every loop inside a loop. */
const mostRounds = 2000;

/** What running code took. */
export interface Effort {
  /** Statements of callees. */
  readonly statements: number;
  /** Rounds of loops. */
  readonly rounds: number;
  /** How many callees deep the deepest code stands that was run. */
  readonly depth: number;
  /** There were callees that stand too deep: with fewer callers above it, the code may do something else. */
  readonly isCut: boolean;
}

/** Keeps the running of callees within bounds: no method inside itself, not too deep, not too much. */
export class Bounds {
  readonly #running = new Set<object>();
  #statements = 0;
  #rounds = 0;
  #depth = 0;
  #isCut = false;

  get effort(): Effort {
    return { statements: this.#statements, rounds: this.#rounds, depth: this.#depth, isCut: this.#isCut };
  }

  /** @param depth how many callees deep the code stands already */
  mayEnter(code: object, depth: number): boolean {
    if (depth >= deepest) this.#isCut = true;
    if (depth >= deepest || this.#running.has(code)) return false;
    return this.#statements < mostStatements && this.#rounds <= mostRounds;
  }

  enter(code: object, depth: number): boolean {
    if (!this.mayEnter(code, depth)) return false;
    this.#running.add(code);
    this.#depth = Math.max(this.#depth, depth + 1);
    return true;
  }

  leave(code: object): void {
    this.#running.delete(code);
  }

  /** Counts statements of callees that are about to be run. */
  count(statements: number): void {
    this.#statements += statements;
  }

  /** Counts what a callee took that was run with bounds of its own. */
  add({ statements, rounds, depth, isCut }: Effort): void {
    this.#statements += statements;
    this.#rounds += rounds;
    this.#depth = Math.max(this.#depth, depth);
    this.#isCut ||= isCut;
  }

  /** Counts one round of a loop, and says whether there may be another. */
  mayRepeat(): boolean {
    this.#rounds += 1;
    return this.#rounds <= mostRounds;
  }
}
