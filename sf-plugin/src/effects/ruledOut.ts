import type { Place, PrunedBranch } from '@agent-readiness/protocol';

/** The branches that what is known about inputs rules out. What one path rules out, another may take all the same. */
export class RuledOut {
  readonly #byCallee = new Map<string, readonly PrunedBranch[]>();
  readonly #started = new Set<string>();

  /** Notes what one run of a callable rules out; a branch that another run of it takes is not ruled out. */
  add(callee: string, branches: readonly PrunedBranch[]): void {
    const places = new Set(branches.map(placeKey));
    const known = this.#byCallee.get(callee) ?? branches;
    this.#byCallee.set(
      callee,
      known.filter((branch) => places.has(placeKey(branch))),
    );
  }

  /** Notes that something was started from a place: an automation that one write leaves alone, another starts. */
  start(place: Place): void {
    this.#started.add(placeKey(place));
  }

  /** The branches that no path takes. */
  always(): PrunedBranch[] {
    const all = [...this.#byCallee.values()].flat().filter((branch) => !this.#started.has(placeKey(branch)));
    return [...new Map(all.map((branch) => [JSON.stringify(branch), branch])).values()];
  }
}

function placeKey({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}
