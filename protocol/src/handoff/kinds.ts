import type { z } from 'zod';
import {
  acceptClaimsSchema,
  approvalClaimsSchema,
  closeClaimsSchema,
  refuseClaimsSchema,
  resultClaimsSchema,
} from './answerClaims.ts';
import { offerClaimsSchema } from './offerClaims.ts';

/** The two sides of a handoff. */
export type Role = 'org' | 'bridge';

/**
 * The six objects: `typ` header (RFC 8725 section 3.11), the side that may sign it, how long it may
 * live in seconds, and which kinds it may follow.
 *
 * An answer lives as long as an offer: it is delivered at once or signed anew. A person's decision is
 * carried to a bridge that may be down, and the plan under it has its own expiry.
 */
export const kinds = {
  offer: { typ: 'handoff-offer+jwt', from: 'org', lifetimeSeconds: 120, follows: [], schema: offerClaimsSchema },
  accept: {
    typ: 'handoff-accept+jwt',
    from: 'bridge',
    lifetimeSeconds: 120,
    follows: ['offer'],
    schema: acceptClaimsSchema,
  },
  refuse: {
    typ: 'handoff-refuse+jwt',
    from: 'bridge',
    lifetimeSeconds: 120,
    follows: ['offer'],
    schema: refuseClaimsSchema,
  },
  approval: {
    typ: 'handoff-approval+jwt',
    from: 'org',
    lifetimeSeconds: 3600,
    follows: ['accept', 'result'],
    schema: approvalClaimsSchema,
  },
  result: {
    typ: 'handoff-result+jwt',
    from: 'bridge',
    lifetimeSeconds: 120,
    follows: ['accept', 'approval'],
    schema: resultClaimsSchema,
  },
  close: {
    typ: 'handoff-close+jwt',
    from: 'org',
    lifetimeSeconds: 120,
    follows: ['result'],
    schema: closeClaimsSchema,
  },
} as const satisfies Record<string, KindRow>;

interface KindRow {
  readonly typ: string;
  readonly from: Role;
  readonly lifetimeSeconds: number;
  readonly follows: readonly string[];
  readonly schema: z.ZodType;
}

export type Kind = keyof typeof kinds;
export type ClaimsOf<K extends Kind> = z.infer<(typeof kinds)[K]['schema']>;

/**
 * An object whose signature, claims, times and place in its chain have been checked. `compact` is
 * the JWS, `sha256` the digest of it, `previous` the verified object before it.
 */
export type Verified<K extends Kind = Kind> = {
  [Each in K]: {
    readonly kind: Each;
    readonly claims: ClaimsOf<Each>;
    readonly compact: string;
    readonly sha256: string;
    readonly previous: Verified | undefined;
  };
}[K];

/** The nearest object of a kind in a chain, from `from` backwards. */
export function nearest<K extends Kind>(kind: K, from: Verified | undefined): Verified<K> | undefined {
  for (let object = from; object !== undefined; object = object.previous) {
    if (isKind(object, kind)) return object;
  }
  return undefined;
}

export function isKind<K extends Kind>(object: Verified, kind: K): object is Verified & Verified<K> {
  return object.kind === kind;
}
