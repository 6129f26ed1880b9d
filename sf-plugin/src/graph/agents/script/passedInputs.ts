import type { Place } from '@agent-readiness/protocol';
import type { Expression } from '../../../extract/agentScript/ast.ts';
import type { Invocation } from './behaviour.ts';
import type { ActionDefinition } from './definition.ts';

/** What a call passes for one input; without a value, what the model fills in. */
export interface PassedInput {
  readonly name: string;
  readonly value: Expression | undefined;
  readonly place: Place;
}

/** The inputs in the order of their definition, then those the definition does not know. */
export function passedInputs(
  { mode, inputs }: Invocation,
  callee: Pick<ActionDefinition, 'inputs'>,
): readonly PassedInput[] {
  // Of several values for one input, the platform takes the last.
  const values = new Map(inputs.map(({ parameter, value }) => [parameter, value]));
  const definedNames = new Set(callee.inputs.map(({ name }) => name));
  const extra = [...values].filter(([name]) => !definedNames.has(name));
  return [
    ...callee.inputs.map(({ name, place, bound, initial }) => {
      const value = values.get(name) ?? bound ?? (mode === 'deterministic' ? initial : undefined);
      return { name, value, place: value?.place ?? place };
    }),
    ...extra.map(([name, value]) => ({ name, value, place: value.place })),
  ];
}
