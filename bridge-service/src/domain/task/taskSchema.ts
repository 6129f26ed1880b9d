import { z } from 'zod';
import { apiNameSchema, pointerSchema } from './apiNames.ts';
import { readTemplateSchema } from './readTemplate.ts';

const nameSchema = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, { error: 'lower-case words joined by hyphens' });
const jsonObjectSchema = z.record(z.string(), z.json());

/** Where the value of a field comes from. */
const sourceSchema = z.union([
  z.strictObject({ input: pointerSchema }),
  z.strictObject({ output: pointerSchema }),
  z.strictObject({ value: z.json() }),
]);

/**
 * A change that the task may propose. The record is always named by the input, which the org wrote: a
 * model says what to write, never where.
 */
const effectTemplateSchema = z
  .strictObject({
    operation: z.enum(['create', 'update', 'upsert', 'delete']),
    object: apiNameSchema,
    record: z.strictObject({ input: pointerSchema }).optional(),
    fields: z.record(apiNameSchema, sourceSchema),
    /** Proposed only when the output says so. */
    when: z.strictObject({ output: pointerSchema, equals: z.json() }).optional(),
  })
  .refine(({ operation, record }) => (operation === 'create') === (record === undefined), {
    error: 'every change but a create names its record',
    path: ['record'],
  });

/** `task.yaml`: everything about a task that is not a prompt or a schema. */
export const taskSchema = z
  .strictObject({
    name: nameSchema,
    description: z.string().min(1),
    model: z.strictObject({
      tier: z.enum(['small', 'medium', 'large']),
      maxOutputTokens: z.int().min(1).max(64_000),
      allowFallback: z.boolean(),
      /** Whether the question may go by a batch, where the settings of the bridge allow it. */
      mayWait: z.boolean().default(false),
    }),
    limits: z.strictObject({
      deadlineSeconds: z.int().min(1).max(86_400),
      maxCostUsd: z.number().positive().max(100),
    }),
    reads: z
      .array(readTemplateSchema)
      .max(10)
      .refine((reads) => new Set(reads.map(({ name }) => name)).size === reads.length, { error: 'two of one name' })
      .default([]),
    effects: z.array(effectTemplateSchema),
    gate: z.strictObject({
      /** `always`: a person decides on every plan; `granted`: only where the grant or the effect asks for it. */
      approval: z.enum(['always', 'granted']),
      approvalSeconds: z.int().min(60).max(604_800),
      /** Below this confidence, which the output names from 0 to 1, a person decides. */
      confidence: z.strictObject({ output: pointerSchema, below: z.number().min(0).max(1) }).optional(),
    }),
    masking: jsonObjectSchema,
    guardrails: jsonObjectSchema,
    /** The string of the output whose text a caller may read while it comes. Off unless a task says so. */
    stream: z.strictObject({ output: z.string().regex(/^\/\w+$/, { error: 'a property of the output' }) }).optional(),
  })
  .refine(({ stream, effects }) => stream === undefined || effects.length === 0, {
    error: 'what a person may have to approve is not shown before',
    path: ['stream'],
  })
  .refine(({ model, reads, stream }) => !model.mayWait || (reads.length === 0 && stream === undefined), {
    error: 'an answer that comes another time cannot be read along, and no tool waits for it',
    path: ['model', 'mayWait'],
  })
  .refine(({ model, limits }) => model.mayWait || limits.deadlineSeconds <= 3_600, {
    error: 'more than an hour is for tasks that may wait',
    path: ['limits', 'deadlineSeconds'],
  });
export type TaskDefinition = z.infer<typeof taskSchema>;
export type EffectTemplate = z.infer<typeof effectTemplateSchema>;
