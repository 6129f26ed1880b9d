/** How many callees deep a method is looked into, and how many of them in all. */
const deepest = 3;
const mostEntered = 150;

/** Keeps the running of callees within bounds: no method inside itself, not too deep, not too many. */
export class Bounds {
  readonly #running = new Set<object>();
  #entered = 0;
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
    if (this.#entered >= mostEntered || this.#running.has(code)) {
      this.#refused += 1;
      return false;
    }
    this.#entered += 1;
    this.#running.add(code);
    return true;
  }

  leave(code: object): void {
    this.#running.delete(code);
  }
}
