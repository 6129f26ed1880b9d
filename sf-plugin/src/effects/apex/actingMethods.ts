import type { Callable, CallContext } from '../model.ts';

export type ApexMethodCallable = Extract<Callable, { kind: 'apex-method' }>;

/** What a method does and calls when nothing is known of its inputs. */
type ExpandRoughly = (callable: ApexMethodCallable, context: CallContext) => RoughExpansion | undefined;

export interface RoughExpansion {
  /** It has an effect itself. */
  readonly acts: boolean;
  /** It changes objects that it did not create. */
  readonly changes: boolean;
  readonly callees: readonly Callable[];
}

interface MethodNode {
  acts: boolean;
  changes: boolean;
  readonly callers: string[];
}

const nothingKnown: CallContext = { identity: 'system', isEntry: false, inputs: {}, otherInputs: 'model' };

/**
 * Which methods can have an effect at all, themselves or through what they call, whatever they are
 * given: calls of the others, which are most, need not be followed in each of their contexts. And
 * which may change the objects that they are given.
 */
export class ActingMethods {
  readonly #expand: ExpandRoughly;
  readonly #nodes = new Map<string, MethodNode>();
  /** The same, by the object that names the method: there are few of them, and they are asked for often. */
  readonly #known = new WeakMap<ApexMethodCallable, MethodNode>();

  constructor(expand: ExpandRoughly) {
    this.#expand = expand;
  }

  acts(callable: ApexMethodCallable): boolean {
    return this.#node(callable)?.acts ?? true;
  }

  changes(callable: ApexMethodCallable): boolean {
    return this.#node(callable)?.changes ?? true;
  }

  #node(callable: ApexMethodCallable): MethodNode | undefined {
    const known = this.#known.get(callable);
    if (known) return known;
    const key = keyOf(callable);
    if (!this.#nodes.has(key)) this.#explore(callable);
    const node = this.#nodes.get(key);
    if (node) this.#known.set(callable, node);
    return node;
  }

  /** Looks at everything that can be reached from a method, then passes what acts on to its callers. */
  #explore(start: ApexMethodCallable): void {
    const open: ApexMethodCallable[] = [start];
    const acting: string[] = [];
    const changing: string[] = [];
    this.#nodes.set(keyOf(start), { acts: false, changes: false, callers: [] });
    for (let callable = open.pop(); callable; callable = open.pop()) {
      const key = keyOf(callable);
      const expansion = this.#expand(callable, nothingKnown);
      let acts = !expansion || expansion.acts;
      let changes = !expansion || expansion.changes;
      for (const callee of expansion?.callees ?? []) {
        if (callee.kind !== 'apex-method') {
          acts = true;
          continue;
        }
        const calleeKey = keyOf(callee);
        const known = this.#nodes.get(calleeKey);
        if (known) {
          known.callers.push(key);
          acts ||= known.acts;
          changes ||= known.changes;
          continue;
        }
        this.#nodes.set(calleeKey, { acts: false, changes: false, callers: [key] });
        open.push(callee);
      }
      if (acts) acting.push(key);
      if (changes) changing.push(key);
    }
    this.#spread('acts', acting);
    this.#spread('changes', changing);
  }

  #spread(property: 'acts' | 'changes', open: string[]): void {
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      const node = this.#nodes.get(key);
      if (!node || node[property]) continue;
      node[property] = true;
      open.push(...node.callers);
    }
  }
}

function keyOf({ name, method, signature }: ApexMethodCallable): string {
  return `${name}.${method}(${signature})`.toLowerCase();
}
