import { z } from 'zod';
import { identitySchema, gateSchema, operationSchema, reversibilitySchema } from '../effect.ts';
import { extentContains } from '../extent.ts';
import { authoritySchema, type Authority } from '../manifest.ts';
import { nameSchema, salesforceIdSchema } from './values.ts';

/**
 * What an offer may grant: the operations of the manifest, and reading. `unknown` cannot be granted,
 * because nobody can say what it contains.
 */
export const grantOperationSchema = z.enum(['read', ...operationSchema.exclude(['unknown']).options]);
export type GrantOperation = z.infer<typeof grantOperationSchema>;

const scopeSchema = z.strictObject({
  ...authoritySchema.omit({ operation: true, certainty: true }).shape,
  operation: grantOperationSchema,
  object: nameSchema,
  fields: z.array(nameSchema),
  /** Only these records; absent: any record that the rest of the grant allows. */
  recordIds: z.array(salesforceIdSchema).min(1).optional(),
});

/**
 * One element of `authorization_details` (RFC 9396 section 2): an effect of the authority manifest,
 * spelled as there, without its certainty, which is evidence and no authority.
 */
export const grantSchema = z
  .strictObject({ type: z.literal('salesforce_effect'), ...scopeSchema.shape })
  .refine(({ extent, extentLimit }) => (extent === 'bounded') === (extentLimit !== undefined), {
    error: 'extentLimit belongs to a bounded extent, and only to it',
  });
export type Grant = z.infer<typeof grantSchema>;

/** What {@link contains} compares: a grant, or an entry of the manifest. */
export type Scope = Omit<Authority, 'operation' | 'certainty'> & {
  readonly operation: GrantOperation | Authority['operation'];
  readonly recordIds?: readonly string[] | undefined;
};

/**
 * Whether everything that `inner` permits is also permitted by `outer`: the order by which authority
 * may only narrow. A partial order over grants: each attribute has its own order, and all must hold.
 *
 * - operation: equal; an upsert contains create and update; `unknown` contains nothing
 * - object, fields: equal or a subset; `*` contains every name. Names are compared exactly
 * - extent: one ⊂ bounded(n) ⊂ bounded(m ≥ n) ⊂ unbounded, and one ⊂ children-of-one ⊂ unbounded.
 *   A bound and the children of one parent do not compare
 * - identity: user ⊂ system-with-sharing ⊂ system
 * - gate: a stronger gate in front is less authority
 * - reversibility: reversible ⊂ recoverable ⊂ irreversible
 * - recordIds: a subset; absent contains every list
 */
export function contains(outer: Scope, inner: Scope): boolean {
  return (
    targetContains(outer, inner) &&
    extentContains(outer, inner) &&
    atMost(identitySchema.options, inner.identity, outer.identity) &&
    atMost(gateSchema.options, outer.gate, inner.gate) &&
    atMost(reversibilitySchema.options, inner.reversibility, outer.reversibility) &&
    (outer.recordIds === undefined || (inner.recordIds?.every((id) => outer.recordIds?.includes(id)) ?? false))
  );
}

/** Whether each scope of `inner` is contained in one of `outer`. Nothing is contained in anything. */
export function covers(outer: readonly Scope[], inner: readonly Scope[]): boolean {
  return inner.every((narrow) => outer.some((wide) => contains(wide, narrow)));
}

/** How many records one handoff may touch under a grant. */
export function capacity({ extent, extentLimit }: Pick<Grant, 'extent' | 'extentLimit'>): number {
  if (extent === 'one') return 1;
  return extent === 'bounded' ? (extentLimit ?? 0) : Infinity;
}

/** The part of {@link contains} that also holds between a grant and a single thing that was done. */
export function targetContains(outer: Target, inner: Target): boolean {
  return (
    operationContains(outer.operation, inner.operation) &&
    (outer.object === '*' || outer.object === inner.object) &&
    (outer.fields.includes('*') || inner.fields.every((field) => outer.fields.includes(field)))
  );
}

type Target = Pick<Scope, 'operation' | 'object' | 'fields'>;

function operationContains(outer: Scope['operation'], inner: Scope['operation']): boolean {
  if (outer === 'unknown') return false;
  return outer === inner || (outer === 'upsert' && (inner === 'create' || inner === 'update'));
}

/** `order` lists the options of a schema from less to more. */
function atMost<T>(order: readonly T[], value: T, limit: T): boolean {
  return order.indexOf(value) <= order.indexOf(limit);
}
