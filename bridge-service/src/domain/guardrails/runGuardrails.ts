import { z } from 'zod';
import type { JsonObject } from '../json.ts';
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
  const list = listOf(context.policy);
  return list === undefined
    ? [{ guard: 'policy', action: 'block', detail: 'not a guardrail policy' }]
    : runAll(list, context);
}

type GuardrailList = ReturnType<typeof guardrails>;

/** Made once for each task: a policy is part of its release. */
const lists = new WeakMap<JsonObject, GuardrailList>();

/** Undefined for a policy that is none. */
function listOf(policy: JsonObject): GuardrailList | undefined {
  const known = lists.get(policy);
  if (known !== undefined) return known;
  const parsed = guardrailPolicySchema.safeParse(policy);
  if (!parsed.success) return undefined;
  const list = guardrails(parsed.data);
  lists.set(policy, list);
  return list;
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
