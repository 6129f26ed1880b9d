import type { Hop, Place } from '@agent-readiness/protocol';
import type { Clause, Entry, Expression, Item, With } from '../../../extract/agentScript/ast.ts';
import { referenceOf, textsNamed, type Reference } from './reading.ts';

/** A condition in front of a statement, inside the conditions around it. */
export interface Guard {
  readonly condition: Expression;
  /** The statement is reached when the condition fails. */
  readonly negated: boolean;
  /** The call whose outputs the condition can name. */
  readonly call: Invocation | undefined;
  readonly outer: Guard | undefined;
}

/** A call of an action or of a connected agent. */
export interface Invocation {
  readonly target: Reference;
  readonly place: Place;
  readonly mode: 'model' | 'deterministic';
  /** The names under which the model knows it; empty for a `run`. */
  readonly offeredAs: readonly string[];
  readonly guard: Guard | undefined;
  readonly inputs: readonly With[];
  /** The call in whose callback it stands, and whose outputs the inputs can name. */
  readonly call: Invocation | undefined;
  /** Steps inside the subagent, the call last. */
  readonly hops: readonly Hop[];
}

/** A way to another subagent, by transition or delegation. */
export interface Jump {
  readonly target: Reference;
  readonly guard: Guard | undefined;
  readonly hops: readonly Hop[];
}

/** An assignment to a variable. `byModel`: the model decides whether it happens. */
export interface Write {
  readonly variable: string;
  readonly value: Expression;
  readonly byModel: boolean;
  readonly guard: Guard | undefined;
  /** Of `guard`, what stands inside the callback of `call`. */
  readonly guardInCallback: Guard | undefined;
  /** The call whose outputs the value can name. */
  readonly call: Invocation | undefined;
}

/** What a subagent does, apart from talking. `guards` lists outer ones before those inside them. */
export interface Behaviour {
  readonly invocations: readonly Invocation[];
  readonly jumps: readonly Jump[];
  readonly writes: readonly Write[];
  readonly guards: readonly Guard[];
  /** Where the conversation can be given to a person. */
  readonly escalations: readonly Place[];
  readonly problems: readonly { readonly place: Place; readonly reason: string }[];
}

interface Scope {
  readonly mode: 'model' | 'deterministic';
  readonly offeredAs: readonly string[];
  readonly guard: Guard | undefined;
  readonly guardInCallback: Guard | undefined;
  readonly call: Invocation | undefined;
  readonly hops: readonly Hop[];
}

const unguarded = { guard: undefined, guardInCallback: undefined, call: undefined };

/** Keys of a binding that only describe it. */
const descriptiveKeys: ReadonlySet<string> = new Set(['description', 'label', 'message']);

/** Namespaces whose members the conversation can move to. */
const subagentNamespaces: ReadonlySet<string | undefined> = new Set(['subagent', 'topic', 'start_agent']);

/**
 * Reads the procedures of a subagent and the bindings that it offers to the model.
 *
 * @param procedures statements that run without the model choosing them
 * @param bindings the entries of `reasoning.actions`
 */
export function readBehaviour(procedures: readonly Item[], bindings: readonly Entry[]): Behaviour {
  const reader = new BehaviourReader();
  reader.statements(procedures, { ...unguarded, mode: 'deterministic', offeredAs: [], hops: [] });
  for (const binding of bindings) reader.binding(binding);
  return reader;
}

class BehaviourReader implements Behaviour {
  readonly invocations: Invocation[] = [];
  readonly jumps: Jump[] = [];
  readonly writes: Write[] = [];
  readonly guards: Guard[] = [];
  readonly escalations: Place[] = [];
  readonly problems: { place: Place; reason: string }[] = [];

  statements(items: readonly Item[], scope: Scope): void {
    for (const item of items) this.#statement(item, scope);
  }

  #statement(item: Item, scope: Scope): void {
    switch (item.kind) {
      case 'set':
        this.#write(item.target, item.value, scope);
        return;
      case 'collect':
        this.#write(item.target, { kind: 'ellipsis', place: item.place }, scope);
        this.statements(item.body, scope);
        return;
      case 'run':
        this.#run(item, scope);
        return;
      case 'if': {
        let rest = scope;
        for (const { condition, body } of item.branches) {
          this.statements(body, this.#guarded(condition, false, rest));
          // What follows is reached only when this condition has failed.
          rest = this.#guarded(condition, true, rest);
        }
        this.statements(item.otherwise, rest);
        return;
      }
      case 'transition':
        this.#clauses(item.clauses, scope);
        return;
      case 'to':
        this.#jump(item.target, scope);
        return;
      case 'unreadable':
        this.statements(item.body, scope);
        return;
      case 'entry':
        if (!descriptiveKeys.has(item.key)) this.#problem(item.place, `"${item.key}" is not a statement`);
        return;
      case 'element':
        this.#problem(item.place, 'a list stands where a statement is expected');
        return;
      case 'template':
      case 'with':
      case 'available-when':
        return;
    }
  }

  /** One entry of `reasoning.actions`: what the model may choose, and what follows when it does. */
  binding(entry: Entry): void {
    // Of several guards, the platform applies the last.
    const available = entry.body.findLast((item) => item.kind === 'available-when');
    const free: Scope = {
      ...unguarded,
      mode: 'model',
      offeredAs: [entry.key, ...textsNamed(entry.body, 'label')],
      hops: [{ ...entry.place, label: `offers ${entry.key}` }],
    };
    const scope = available ? this.#guarded(available.condition, false, free) : free;
    const inputs = [...entry.clauses, ...entry.body].filter((item) => item.kind === 'with');
    const target = bindingTarget(entry);
    let after = scope;
    if (target?.namespace === 'utils') this.#utility(target, inputs, scope, entry);
    else if (target) after = this.#offer(target, inputs, scope);
    else this.#problem(entry.place, `"${entry.key}" is bound to nothing that can be offered`);
    this.#clauses(entry.clauses, after);
    this.statements(entry.body, after);
  }

  /** Returns the scope of what follows. */
  #offer(target: Reference, inputs: readonly With[], scope: Scope): Scope {
    if (target.namespace === 'actions' || target.namespace === 'connected_subagent') {
      return this.#invoke(target, target.place, inputs, scope);
    }
    if (subagentNamespaces.has(target.namespace)) {
      this.jumps.push({ target, guard: scope.guard, hops: scope.hops });
    } else if (target.namespace !== 'skill' && target.namespace !== 'skills') {
      this.#problem(target.place, `"@${target.namespace}.${target.name}" is nothing that can be offered`);
    }
    return scope;
  }

  #utility(target: Reference, inputs: readonly With[], scope: Scope, entry: Entry): void {
    switch (target.name) {
      case 'setVariables':
        for (const { parameter, value } of inputs) this.#addWrite(parameter, value, scope);
        return;
      case 'transition':
        if (!leadsSomewhere(entry)) this.#problem(target.place, 'a transition needs a subagent');
        return;
      case 'escalate':
        this.escalations.push(target.place);
        return;
      case 'end_session':
      case 'supervise':
        return;
      default:
        this.#problem(target.place, `"@utils.${target.name}" is not known`);
    }
  }

  #run({ target, place, body }: Extract<Item, { kind: 'run' }>, scope: Scope): void {
    const reference = referenceOf(target);
    if (!reference || (reference.namespace !== undefined && reference.namespace !== 'actions')) {
      this.#problem(target.place, '"run" needs an action');
      this.statements(body, scope);
      return;
    }
    const hops = [...scope.hops, { ...place, label: `runs ${reference.name}` }];
    const inputs = body.filter((item) => item.kind === 'with');
    const run = { ...scope, mode: 'deterministic', offeredAs: [], hops } as const;
    const after = this.#invoke({ ...reference, namespace: 'actions' }, place, inputs, run);
    this.statements(body, { ...after, mode: scope.mode, offeredAs: scope.offeredAs });
  }

  /** Returns the scope of its callback. */
  #invoke(target: Reference, place: Place, inputs: readonly With[], scope: Scope): Scope {
    const { mode, offeredAs, guard, hops } = scope;
    const call = { target, place, mode, offeredAs, guard, inputs, call: scope.call, hops };
    this.invocations.push(call);
    return { ...scope, call, guardInCallback: undefined };
  }

  #clauses(clauses: readonly Clause[], scope: Scope): void {
    for (const clause of clauses) if (clause.kind === 'to') this.#jump(clause.target, scope);
  }

  #jump(expression: Expression, scope: Scope): void {
    const target = referenceOf(expression);
    if (!target) {
      this.#problem(expression.place, 'a transition needs a subagent');
      return;
    }
    const hops = [...scope.hops, { ...target.place, label: `transition to ${target.name}` }];
    if (target.namespace === 'connected_subagent') this.#invoke(target, target.place, [], { ...scope, hops });
    else this.jumps.push({ target, guard: scope.guard, hops });
  }

  #write(target: Expression, value: Expression, scope: Scope): void {
    const reference = referenceOf(target);
    if (reference && (reference.namespace === undefined || reference.namespace === 'variables')) {
      this.#addWrite(reference.name, value, scope);
    } else if (reference?.namespace !== 'outputs') {
      this.#problem(target.place, '"set" needs a variable');
    }
  }

  /** What follows a binding happens because the model chose it, whatever the value is. */
  #addWrite(variable: string, value: Expression, { mode, guard, guardInCallback, call }: Scope): void {
    this.writes.push({ variable, value, byModel: mode === 'model', guard, guardInCallback, call });
  }

  #guarded(condition: Expression, negated: boolean, scope: Scope): Scope {
    const add = (outer: Guard | undefined): Guard => {
      const guard = { condition, negated, call: scope.call, outer };
      this.guards.push(guard);
      return guard;
    };
    return { ...scope, guard: add(scope.guard), guardInCallback: add(scope.guardInCallback) };
  }

  #problem(place: Place, reason: string): void {
    this.problems.push({ place, reason });
  }
}

function leadsSomewhere({ clauses, body }: Entry): boolean {
  return [...clauses, ...body].some(({ kind }) => kind === 'to' || kind === 'transition');
}

/** A binding without a value means the action, or the utility, that has its name. */
function bindingTarget({ key, place, value }: Entry): Reference | undefined {
  const reference = referenceOf(value);
  if (reference) return reference.namespace === undefined ? { ...reference, namespace: 'actions' } : reference;
  if (value !== undefined) return undefined;
  return { namespace: namedUtilities.has(key) ? 'utils' : 'actions', name: key, place };
}

const namedUtilities: ReadonlySet<string> = new Set(['transition', 'setVariables', 'escalate', 'supervise']);
