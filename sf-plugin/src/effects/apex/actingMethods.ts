import type { Callable, CallContext, Expansion } from '../model.ts';

type ApexMethodCallable = Extract<Callable, { kind: 'apex-method' }>;

/** What a method does and calls when nothing is known of its inputs. */
type ExpandRoughly = (callable: ApexMethodCallable, context: CallContext) => Expansion | undefined;

interface MethodNode {
  acts: boolean;
  readonly callers: string[];
}

const nothingKnown: CallContext = { identity: 'system', isEntry: false, inputs: {}, otherInputs: 'model' };

/**
 * Which methods can have an effect at all, themselves or through what they call, whatever they are
 * given. Calls of the others, which are most, need not be followed in each of their contexts.
 */
export class ActingMethods {
  readonly #expand: ExpandRoughly;
  readonly #nodes = new Map<string, MethodNode>();

  constructor(expand: ExpandRoughly) {
    this.#expand = expand;
  }

  acts(callable: ApexMethodCallable): boolean {
    const key = keyOf(callable);
    if (!this.#nodes.has(key)) this.#explore(callable);
    return this.#nodes.get(key)?.acts ?? true;
  }

  /** Looks at everything that can be reached from a method, then passes what acts on to its callers. */
  #explore(start: ApexMethodCallable): void {
    const open: ApexMethodCallable[] = [start];
    const acting: string[] = [];
    this.#nodes.set(keyOf(start), { acts: false, callers: [] });
    for (let callable = open.pop(); callable; callable = open.pop()) {
      const key = keyOf(callable);
      const expansion = this.#expand(callable, nothingKnown);
      let acts = !expansion || expansion.effects.length > 0;
      for (const { callee } of expansion?.calls ?? []) {
        if (callee.kind !== 'apex-method') {
          acts = true;
          continue;
        }
        const calleeKey = keyOf(callee);
        const known = this.#nodes.get(calleeKey);
        if (known) {
          known.callers.push(key);
          acts ||= known.acts;
          continue;
        }
        this.#nodes.set(calleeKey, { acts: false, callers: [key] });
        open.push(callee);
      }
      if (acts) acting.push(key);
    }
    this.#spread(acting);
  }

  #spread(acting: string[]): void {
    for (let key = acting.pop(); key !== undefined; key = acting.pop()) {
      const node = this.#nodes.get(key);
      if (!node || node.acts) continue;
      node.acts = true;
      acting.push(...node.callers);
    }
  }
}

function keyOf({ name, method, signature }: ApexMethodCallable): string {
  return `${name}.${method}(${signature})`.toLowerCase();
}
