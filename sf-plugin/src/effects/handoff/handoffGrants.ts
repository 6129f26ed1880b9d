import type { Place } from '@agent-readiness/protocol';
import type { Grant } from '@agent-readiness/protocol/handoff';
import type { HandoffTaskFacts } from '../../extract/metadata/handoffTask.ts';
import { harderToUndo } from '../lattice.ts';
import type { Callable, CallContext, Expander, Expansion, LocalEffect } from '../model.ts';
import { repeatAsCalled } from '../repeat.ts';
import { reversibilityOf } from '../reversibility.ts';
import { times } from '../size.ts';
import { opaque, withEffects } from '../standard/sourceless.ts';

/** The tasks of the project that agents can hand to the bridge. */
export interface HandoffLookups {
  /** Names of all records, readable or not. */
  handoffTasks(): readonly string[];
  /** `undefined` where the project has no readable record of that name. */
  handoffTask(name: string): HandoffTaskFacts | undefined;
}

/**
 * Adds to what the project's code does what it lets the bridge do: the grants of the task that it hands off or, where
 * that is not known before the run, of every task.
 */
export function withHandoffs(expand: Expander, lookups: HandoffLookups): Expander {
  return (callable, context, site) => {
    const expansion = expand(callable, context, site);
    if (!expansion || !makesOffers(callable)) return expansion;
    const { task, repeats } = requestsIn(context);
    const names = task === undefined ? lookups.handoffTasks() : [task];
    const unseen = names.length === 0 ? [opaque(site, 'the project has no task that it could hand off')] : [];
    const granted = [...unseen, ...names.map((name) => expandTask(name, lookups, site))];
    const effects = granted.flatMap((each) => repeatAsCalled(each, { ...context, repeats }).effects);
    return { ...expansion, effects: [...expansion.effects, ...effects] };
  };
}

/**
 * `HandoffService.prepare` of the kit: whatever hands off passes here. The authority of an offer that is made
 * elsewhere is not in the manifest, so the bridge refuses it.
 */
function makesOffers(callable: Callable): boolean {
  if (callable.kind !== 'apex-method') return false;
  return `${callable.name}.${callable.method}`.toLowerCase() === 'handoffservice.prepare';
}

/** Of its one argument, the list of requests: the task where all of them name the same, and how many they are. */
function requestsIn({ inputs, repeats = 1 }: CallContext): {
  readonly task: string | undefined;
  readonly repeats: CallContext['repeats'] & {};
} {
  const { fields = {}, size = 'unbounded' } = inputs['#0'] ?? {};
  const task = Object.entries(fields).find(([name]) => name.toLowerCase() === 'taskname')?.[1].constant;
  return { task: typeof task === 'string' ? task : undefined, repeats: times(repeats, size) };
}

function expandTask(name: string, lookups: HandoffLookups, site: Place): Expansion {
  const task = lookups.handoffTask(name);
  if (!task) return opaque(site, `what the task ${name} grants is not in the project or cannot be read`);
  return withEffects(...(task.isActive ? task.grants : []).flatMap((grant) => effectOf(grant, task)));
}

/** Reading changes nothing. What the grant says of itself is believed only where it is not less than usual. */
function effectOf({ operation, ...grant }: Grant, { name, place }: HandoffTaskFacts): LocalEffect[] {
  if (operation === 'read') return [];
  const { object, fields, extent, extentLimit, identity, gate, reversibility } = grant;
  return [
    {
      operation,
      object,
      fields,
      extent,
      ...(extentLimit !== undefined && { extentLimit }),
      identity,
      // The model behind the bridge.
      chosenBy: 'model',
      gate,
      reversibility: harderToUndo(reversibility, reversibilityOf(operation)),
      certainty: 'proven',
      place,
      label: `the bridge may ${operation} ${object} by the task ${name}`,
    },
  ];
}
