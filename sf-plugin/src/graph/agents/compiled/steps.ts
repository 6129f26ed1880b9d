import type { AgentGraphFacts, CallList, GraphNode } from '../../../extract/agents/graph/agentGraph.ts';
import type { GraphCall } from '../../../extract/agents/graph/graphCall.ts';
import type { Json } from '../../../extract/json/json.ts';
import { both, either, open, toInfluence, toTest, type Alternatives, type Condition } from '../trust/condition.ts';
import type { CallSite, Sources } from '../trust/sources.ts';
import type { Constants } from './constants.ts';
import { readEnabled, type Meanings } from './enabled.ts';
import { sourcesOf } from './expression.ts';
import { isSteering, isTemporary, steeringTarget, steersTo } from './temporaries.ts';

/** A call in a node, its condition and assignments resolved to what they depend on. */
export interface Step {
  readonly node: GraphNode;
  readonly list: CallList;
  readonly call: GraphCall;
  /** The model decides whether the call happens. */
  readonly byModel: boolean;
  readonly enabled: Condition;
  /** Whether the model has any say in that. */
  readonly influence: Condition;
  readonly writes: readonly Write[];
}

/** An assignment: of which variable, from what. */
export interface Write {
  readonly variable: string;
  readonly sources: Sources;
}

/** All calls of all nodes, in order. */
export function readSteps({ nodes }: AgentGraphFacts, constants: Constants): Step[] {
  let count = 0;
  const fresh = (name: string): string => `${name}#${String(++count)}`;
  return nodes.flatMap((node) => {
    const steps = node.lists.flatMap((list) => readList(node, list, constants, fresh));
    return steps.map((step) => ({ ...step, enabled: both(step.enabled, steeredBy(step, steps)) }));
  });
}

/**
 * The compiler keeps the condition of every `if` in the same temporary variable, assigned just
 * before it is used. A list runs from top to bottom, so each assignment is a variable of its own
 * until the next one; without this, one condition would taint every other.
 */
function readList(node: GraphNode, list: CallList, constants: Constants, fresh: (name: string) => string): Step[] {
  const symbols = new Map<string, string>();
  const meanings = new Map<string, Alternatives>();
  const resolve = ({ chosenBy, origins }: Sources): Sources => ({
    chosenBy,
    origins: origins
      .filter((origin) => typeof origin !== 'string' || !isSteering(origin))
      .map((origin) => (typeof origin === 'string' ? (symbols.get(origin) ?? origin) : origin)),
  });
  const read = (value: Json | undefined, call: CallSite | undefined): Sources => resolve(sourcesOf(value, call));
  const scope = { constants, meanings, resolve };
  // A list that belongs to a tool runs when the model calls the tool.
  const byModel = list.phase === 'tools' || list.tool !== undefined;
  return list.calls.map((call) => {
    const enabled = readEnabled(call.enabled, scope);
    const influence = toInfluence(read(call.enabled, undefined));
    const writes = call.updates.flatMap(({ name, value }): Write[] => {
      if (isSteering(name)) return [];
      const sources = read(value, call);
      if (!isTemporary(name)) return [{ variable: name, sources }];
      const symbol = fresh(name);
      meanings.set(name, assigned(readEnabled(value, scope), enabled, previousMeaning(name, meanings)));
      symbols.set(name, symbol);
      // Another list may read it under its plain name.
      return [
        { variable: symbol, sources },
        { variable: name, sources },
      ];
    });
    return { node, list, call, byModel, enabled: enabled.holds, influence, writes };
  });
}

function previousMeaning(name: string, meanings: Meanings): Alternatives {
  const test = toTest({ chosenBy: 'derived', origins: [name] });
  return meanings.get(name) ?? { holds: test, fails: test };
}

/** What a variable means after an assignment that happens under a condition, and else keeps what was there. */
function assigned(value: Alternatives, enabled: Alternatives, previous: Alternatives): Alternatives {
  // What only waits for the steering happens whenever the reading of the variable does.
  if (enabled.holds.kind === 'open') return value;
  return {
    holds: either(both(enabled.holds, value.holds), both(enabled.fails, previous.holds)),
    fails: either(both(enabled.holds, value.fails), both(enabled.fails, previous.fails)),
  };
}

/** A transition that waits for a call to name its node happens only if one of these calls did. */
function steeredBy({ call }: Step, steps: readonly Step[]): Condition {
  const target = steeringTarget(call.enabled);
  if (target === undefined) return open;
  const steering = steps.filter((step) => step.call.updates.some((update) => steersTo(update, target)));
  const [first = open, ...others] = steering.map(({ enabled }) => enabled);
  return others.reduce(either, first);
}
