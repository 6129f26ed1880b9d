/** How many callees deep a method is looked into, and how many statements of them are run in all. */
const deepest = 3;
const mostStatements = 1500;
/** How many rounds of loops are run in all, so that the work does not double with every loop inside a loop. */
const mostRounds = 2000;

/** Keeps the running of callees within bounds: no method inside itself, not too deep, not too much. */
export class Bounds {
  readonly #running = new Set<object>();
  #statements = 0;
  #rounds = 0;
  #refused = 0;

  /**
   * How often code was not entered for a reason that depends on what ran before: an answer found
   * meanwhile holds for this place only.
   */
  get refused(): number {
    return this.#refused;
  }

  /** @param depth how many callees deep the code stands already */
  enter(code: object, depth: number): boolean {
    if (depth >= deepest) return false;
    if (this.#statements >= mostStatements || this.#running.has(code)) {
      this.#refused += 1;
      return false;
    }
    this.#running.add(code);
    return true;
  }

  /** Counts statements of callees that are about to be run. */
  count(statements: number): void {
    this.#statements += statements;
  }

  /** Counts one round of a loop, and says whether there may be another. */
  mayRepeat(): boolean {
    this.#rounds += 1;
    if (this.#rounds <= mostRounds) return true;
    this.#refused += 1;
    return false;
  }

  leave(code: object): void {
    this.#running.delete(code);
  }
}
