import { z } from 'zod';
import { hopSchema } from './place.ts';

/** What an effect does to its object. `unknown` stands for code that could not be seen. */
export const operationSchema = z.enum([
  'create',
  'update',
  'upsert',
  'delete',
  'undelete',
  'merge',
  'convert',
  'send-message',
  'callout',
  'publish-event',
  'enqueue',
  'invoke-agent',
  'call-model',
  'grant',
  'unknown',
]);
export type Operation = z.infer<typeof operationSchema>;

/**
 * How many records one call of the action can touch. `bounded` carries its limit in `extentLimit`;
 * `children-of-one` are the detail records of a single parent.
 */
export const extentSchema = z.enum(['one', 'bounded', 'children-of-one', 'unbounded']);
export type Extent = z.infer<typeof extentSchema>;

/** In whose name the effect happens; `user` means CRUD, field security and sharing all hold. */
export const identitySchema = z.enum(['user', 'system-with-sharing', 'system']);
export type Identity = z.infer<typeof identitySchema>;

/** Who picks the record and the values: the least trusted source of either. */
export const chosenBySchema = z.enum(['constant', 'derived', 'linked', 'model']);
export type ChosenBy = z.infer<typeof chosenBySchema>;

/** What stands in front of the effect. `declared-only` and `self-grantable` stop nothing. */
export const gateSchema = z.enum(['none', 'declared-only', 'self-grantable', 'guarded', 'confirmed', 'approval']);
export type Gate = z.infer<typeof gateSchema>;

export const reversibilitySchema = z.enum(['reversible', 'recoverable', 'irreversible']);
export type Reversibility = z.infer<typeof reversibilitySchema>;

/** `direct`: in the invoked flow or class; `transitive`: through calls; `cascade`: through automation. */
export const reachSchema = z.enum(['direct', 'transitive', 'cascade']);
export type Reach = z.infer<typeof reachSchema>;

/** `proven`: an explicit path; `possible`: over-approximated; `opaque`: the target is not in source. */
export const certaintySchema = z.enum(['proven', 'possible', 'opaque']);
export type Certainty = z.infer<typeof certaintySchema>;

/**
 * One thing an action can change.
 *
 * `object` is an API name, `*` when the type is decided at run time, the channel for
 * `send-message`, the named credential or host for `callout`. `fields` are sorted API names, or
 * `['*']`; behind a named credential of the project the host, for `unknown` the names of what could
 * not be seen. `path` is the shortest path from the agent to the effect; `otherPaths` counts the rest.
 */
export const effectSchema = z
  .strictObject({
    operation: operationSchema,
    object: z.string().min(1),
    fields: z.array(z.string().min(1)),
    extent: extentSchema,
    extentLimit: z.int().min(1).optional(),
    identity: identitySchema,
    chosenBy: chosenBySchema,
    gate: gateSchema,
    reversibility: reversibilitySchema,
    reach: reachSchema,
    certainty: certaintySchema,
    path: z.array(hopSchema).min(1),
    otherPaths: z.int().min(0),
  })
  .refine((effect) => (effect.extent === 'bounded') === (effect.extentLimit !== undefined), {
    error: 'extentLimit belongs to a bounded extent, and only to it',
  });
export type Effect = z.infer<typeof effectSchema>;

/** Operations that change or remove data in an org, as against those that send or start something. */
export const dataOperations: ReadonlySet<Operation> = new Set<Operation>([
  'create',
  'update',
  'upsert',
  'delete',
  'undelete',
  'merge',
  'convert',
  'grant',
]);

/** Operations after which a record no longer stands where it stood. */
export const destructiveOperations: ReadonlySet<Operation> = new Set<Operation>(['delete', 'merge', 'convert']);

/** Gates that stop the model at run time. */
export const effectiveGates: ReadonlySet<Gate> = new Set<Gate>(['guarded', 'confirmed', 'approval']);
