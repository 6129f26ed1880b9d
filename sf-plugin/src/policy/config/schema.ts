import {
  changeKindSchema,
  daySchema,
  extentSchema,
  gateSchema,
  identitySchema,
  reversibilitySchema,
  severitySchema,
} from '@agent-readiness/protocol';
import { z } from 'zod';
import { rules } from '../../rules/registry.ts';
import { policyRules } from '../policyRules.ts';
import { parseEffectText } from './effectText.ts';

/** Where a project keeps its policy, relative to its root. */
export const policyFile = 'readiness.config.yaml';

const text = z.string().regex(/\S/, 'must not be empty');

const ruleIds = [...rules, ...policyRules].map(({ id }) => id);
const waivableRuleIds = [...rules, ...policyRules.filter(({ waivable }) => waivable)].map(({ id }) => id);

const effectTextSchema = text.transform((written, context) => {
  const targets = parseEffectText(written);
  if (typeof targets !== 'string') return targets;
  context.addIssue({ code: 'custom', message: targets });
  return z.NEVER;
});

const allowedEffectSchema = z
  .strictObject({
    effect: effectTextSchema.meta({ description: 'An operation and what it may change, e.g. "update Case.Status".' }),
    extent: extentSchema.optional().meta({ description: 'How many records one call may touch. Default: unbounded.' }),
    extentLimit: z.int().min(1).optional().meta({ description: 'The number, for the extent "bounded".' }),
    identity: identitySchema.optional().meta({ description: 'In whose name at most. Default: system.' }),
    gate: gateSchema.optional().meta({ description: 'The weakest gate that may stand in front. Default: none.' }),
    reversibility: reversibilitySchema
      .optional()
      .meta({ description: 'How hard to undo it may be. Default: irreversible.' }),
  })
  .refine(({ extent, extentLimit }) => (extent === 'bounded') === (extentLimit !== undefined), {
    error: 'extentLimit belongs to the extent "bounded", and only to it',
    path: ['extent'],
  });

const budgetSchema = z.array(z.union([effectTextSchema, allowedEffectSchema])).meta({
  description: 'Everything that may be changed, and nothing else: "create Case", "update Case.Status, Case.Priority".',
});

const agentSchema = z.strictObject({
  owner: text.optional().meta({ description: 'Who answers for the agent.' }),
  may: budgetSchema.optional(),
  actions: z
    .record(z.string(), z.strictObject({ may: budgetSchema }))
    .optional()
    .meta({ description: 'Budgets of single actions, each in place of the one of the agent.' }),
});

const waiverSchema = z
  .strictObject({
    rule: z.enum(waivableRuleIds).meta({ description: 'The id of the rule whose findings are accepted.' }),
    agent: text.meta({ description: 'The name of the agent; * stands for any characters.' }),
    action: text.optional().meta({ description: 'The name of the action; * stands for any characters. Default: all.' }),
    effect: text.optional().meta({ description: 'The effect, e.g. delete:Case; * stands for any characters.' }),
    reason: text,
    owner: text.optional().meta({ description: 'Who answers for the risk. Without an owner a waiver does not hold.' }),
    approver: text.meta({ description: 'Who agreed; somebody else than the owner.' }),
    expires: daySchema.meta({ description: 'The last day on which the waiver holds, in UTC.' }),
  })
  .refine(({ owner, approver }) => owner?.trim().toLowerCase() !== approver.trim().toLowerCase(), {
    error: 'the owner of a waiver cannot approve it too',
    path: ['approver'],
  });

const ruleSchema = z.strictObject({
  severity: severitySchema.optional(),
  options: z
    .record(z.string(), z.int().min(1).max(1_000_000))
    .optional()
    .meta({ description: 'Numbers that the rule goes by; its page names them.' }),
});

/** The shape of `readiness.config.yaml`. */
export const policySchema = z.strictObject({
  version: z.literal(1),
  failOn: severitySchema
    .optional()
    .meta({ description: 'Findings from this severity on make the verdict "not ready". Default: high.' }),
  rules: z
    .partialRecord(z.enum(ruleIds), ruleSchema)
    .superRefine((chosen, context) => {
      for (const [id, { options = {} } = {}] of Object.entries(chosen)) {
        const known = Object.keys(rules.find((rule) => rule.id === id)?.options ?? {});
        for (const name of Object.keys(options).filter((each) => !known.includes(each))) {
          const message = known.length > 0 ? `options of ${id}: ${known.join(', ')}` : `${id} has no options`;
          context.addIssue({ code: 'custom', path: [id, 'options', name], message });
        }
      }
    })
    .optional()
    .meta({ description: 'Severities and options other than those the rules come with, by rule id.' }),
  diff: z
    .strictObject({
      failOn: z.array(changeKindSchema).meta({ description: 'Changes that fail "sf readiness diff".' }),
    })
    .optional(),
  waiverDays: z
    .int()
    .min(1)
    .max(3650)
    .optional()
    .meta({ description: 'How far in the future a waiver may expire at most. Default: 90.' }),
  agents: z.record(z.string(), agentSchema).optional().meta({ description: 'By the API name of the agent.' }),
  waivers: z.array(waiverSchema).optional(),
});
/** As it is written, for editors. */
export const policyJsonSchema = z.toJSONSchema(policySchema, { io: 'input' });

/** What it says. */
export type PolicyText = z.infer<typeof policySchema>;
