import { fold } from './fold.ts';
import type { Value } from './value.ts';

export interface Variable {
  readonly type: string;
  readonly value: Value;
}

/** The numbers of the variables of one body of code, by lower-case name. */
type Layout = Map<string, number>;

const layouts = new WeakMap<object, Layout>();

/** Numbers the variables in the order in which the code declares them, so that it does not depend on what ran before. */
function layoutOf(code: object): Layout {
  const known = layouts.get(code);
  if (known) return known;
  const layout: Layout = new Map();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('name' in node && 'type' in node && typeof node.name === 'string') slotOf(layout, fold(node.name));
    for (const part of Object.values(node)) visit(part);
  };
  visit(code);
  layouts.set(code, layout);
  return layout;
}

function slotOf(layout: Layout, name: string): number {
  const known = layout.get(name);
  if (known !== undefined) return known;
  layout.set(name, layout.size);
  return layout.size - 1;
}

/**
 * The variables of a run of code, by lower-case name. They are copied wherever branches part, so that each has a
 * number, which is the same in every run of that code.
 */
export class Variables {
  readonly #layout: Layout;
  readonly #values: (Variable | undefined)[];

  private constructor(layout: Layout, values: (Variable | undefined)[]) {
    this.#layout = layout;
    this.#values = values;
  }

  /** @param code the declaration of the method, or of whatever else is run */
  static of(code: object): Variables {
    const layout = layoutOf(code);
    return new Variables(layout, new Array<Variable | undefined>(layout.size).fill(undefined));
  }

  get(name: string): Variable | undefined {
    const slot = this.#layout.get(name);
    return slot === undefined ? undefined : this.#values[slot];
  }

  set(name: string, variable: Variable | undefined): void {
    this.#values[slotOf(this.#layout, name)] = variable;
  }

  copy(): Variables {
    return new Variables(this.#layout, this.#values.slice());
  }

  /** A copy in which each variable is replaced. */
  map(replace: (variable: Variable, name: string) => Variable): Variables {
    const copy = this.copy();
    for (const [name, slot] of this.#layout) {
      const variable = this.#values[slot];
      if (variable) copy.#values[slot] = replace(variable, name);
    }
    return copy;
  }

  /** What is known where either came before: of a variable that one of them does not have, what the other has. */
  joined(other: Variables, join: (a: Value, b: Value) => Value): Variables {
    const copy = this.copy();
    for (const [slot, theirs] of other.#values.entries()) {
      const own = this.#values[slot];
      if (!theirs || own?.value === theirs.value) continue;
      copy.#values[slot] = { type: theirs.type, value: own ? join(own.value, theirs.value) : theirs.value };
    }
    return copy;
  }

  /** Whether a variable that both have differs. */
  differs(after: Variables, isSame: (a: Value, b: Value) => boolean): boolean {
    return this.#values.some((before, slot) => {
      const now = after.#values[slot];
      return before !== undefined && now !== undefined && before !== now && !isSame(before.value, now.value);
    });
  }
}
