import { z } from 'zod';
import { directInjection } from './directInjection/directInjection.ts';
import { groundedness, groundednessOptions } from './groundedness/groundedness.ts';
import type { Guardrail } from './guardrail.ts';
import { indirectInjection } from './indirectInjection/indirectInjection.ts';
import { links, linksOptions } from './links/links.ts';
import { outputSchema } from './outputSchema/outputSchema.ts';
import { personalData, personalDataOptions } from './personalData/personalData.ts';
import { scope, scopeOptions } from './scope/scope.ts';
import { secrets } from './secrets/secrets.ts';
import { size, sizeOptions } from './size/size.ts';

const actionSchema = z.enum(['block', 'flag', 'repair']);
export type GuardAction = z.infer<typeof actionSchema>;

const action = (usual: GuardAction) => actionSchema.default(usual);

/**
 * A task's guardrail policy: for each guardrail what a sighting does, and its options. Every guardrail runs;
 * what is not named has the defaults here. `block` where the measured false alarms allow it, `flag` where a
 * person has to judge, `repair` where asking the model once more helps.
 */
export const guardrailPolicySchema = z.strictObject({
  size: sizeOptions.extend({ action: action('block') }).prefault({}),
  direct_injection: z
    .strictObject({})
    .extend({ action: action('block') })
    .prefault({}),
  indirect_injection: z
    .strictObject({})
    .extend({ action: action('flag') })
    .prefault({}),
  scope: scopeOptions.extend({ action: action('block') }).prefault({}),
  secrets: z
    .strictObject({})
    .extend({ action: action('block') })
    .prefault({}),
  links: linksOptions.extend({ action: action('block') }).prefault({}),
  output_schema: z
    .strictObject({})
    .extend({ action: action('repair') })
    .prefault({}),
  personal_data: personalDataOptions.extend({ action: action('repair') }).prefault({}),
  groundedness: groundednessOptions.extend({ action: action('repair') }).prefault({}),
});
export type GuardrailPolicy = z.infer<typeof guardrailPolicySchema>;

/** The only list of guardrails, in the order in which they run. */
export function guardrails(
  policy: GuardrailPolicy,
): readonly { readonly guardrail: Guardrail; readonly action: GuardAction }[] {
  return [
    { guardrail: size(policy.size), action: policy.size.action },
    { guardrail: directInjection, action: policy.direct_injection.action },
    { guardrail: indirectInjection, action: policy.indirect_injection.action },
    { guardrail: scope(policy.scope), action: policy.scope.action },
    { guardrail: secrets, action: policy.secrets.action },
    { guardrail: links(policy.links), action: policy.links.action },
    { guardrail: outputSchema, action: policy.output_schema.action },
    { guardrail: personalData(policy.personal_data), action: policy.personal_data.action },
    { guardrail: groundedness(policy.groundedness), action: policy.groundedness.action },
  ];
}
