import type { ChosenBy } from '@agent-readiness/protocol';
import type { AttributeMapping, RuleOperand } from '../../extract/agents/planner.ts';

/** Who chooses the value of each variable of an agent without a script. */
export interface Variables {
  readonly chosenBy: (mappingType: string | undefined, name: string) => ChosenBy;
  readonly isModelSettable: (operand: RuleOperand) => boolean;
}

/**
 * A variable that an action's output is stored in follows the model: it chose the call and what went
 * in. A variable that nothing writes, and one that the channel fills, do not.
 *
 * @param contextVariables names that the bot declares as filled by the channel
 * @param outputs the mappings that store an output
 */
export function readVariables(contextVariables: readonly string[], outputs: readonly AttributeMapping[]): Variables {
  const linked = lowerCased(contextVariables);
  const written = lowerCased(outputs.flatMap(({ target }) => target ?? []));
  const chosenBy = (type: string | undefined, name: string): ChosenBy => {
    const key = name.toLowerCase();
    if (written.has(key)) return 'model';
    if (type === 'ContextVariable' || (type === 'Variable' && linked.has(key))) return 'linked';
    return type === 'Variable' ? 'derived' : 'model';
  };
  return { chosenBy, isModelSettable: ({ type, name }) => chosenBy(type, name) === 'model' };
}

function lowerCased(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => name.toLowerCase()));
}
