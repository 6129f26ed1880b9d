import { z } from 'zod';
import type { GuardContext, GuardFinding } from '../safeguards.ts';
import { partsOf, type Guardrail, type GuardInput } from './guardrail.ts';
import { guardrailPolicySchema, guardrails, type GuardAction } from './registry.ts';

const sightingsSchema = z.array(
  z.strictObject({ kind: z.string().regex(/^\w{1,60}$/), path: z.string().startsWith('/') }),
);

/** A guardrail that could not check has not passed. */
const failed: readonly string[] = ['check_failed'];

/**
 * Runs every guardrail of a stage under a task's policy. A policy that is none, a guardrail that throws and one
 * that answers nonsense (a promise included) are `block` findings.
 */
export function runGuardrails(context: GuardContext): readonly GuardFinding[] {
  const policy = guardrailPolicySchema.safeParse(context.policy);
  if (!policy.success) return [{ guard: 'policy', action: 'block', detail: 'not a guardrail policy' }];
  return runAll(guardrails(policy.data), context);
}

/** {@link runGuardrails} over a given list. */
export function runAll(
  list: readonly { readonly guardrail: Guardrail; readonly action: GuardAction }[],
  { stage, input, output, outputSchema }: GuardContext,
): readonly GuardFinding[] {
  const sources = partsOf(input);
  const guardInput: GuardInput = {
    stage,
    sources,
    output,
    outputSchema,
    parts: stage === 'in' ? sources : partsOf(output),
  };
  return list
    .filter(({ guardrail }) => guardrail.stages.includes(stage))
    .flatMap(({ guardrail, action }) => {
      const details = inspect(guardrail, guardInput);
      return details.map((detail) => ({ guard: guardrail.id, action: details === failed ? 'block' : action, detail }));
    });
}

function inspect(guardrail: Guardrail, input: GuardInput): readonly string[] {
  try {
    const sightings = sightingsSchema.safeParse(guardrail.inspect(input));
    return sightings.success ? sightings.data.map(({ kind, path }) => `${kind} at ${path}`) : failed;
  } catch {
    return failed;
  }
}
