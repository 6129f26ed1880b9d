import {
  checkAccept,
  checkEffects,
  kinds,
  nearest,
  verifyObject,
  type Kind,
  type Trust,
  type Verified,
} from '@agent-readiness/protocol/handoff';
import { parseJson } from '../json.ts';
import type { Inconsistency } from './inconsistency.ts';

export interface Chain {
  /** By digest; each with the one before it. */
  readonly objects: ReadonlyMap<string, Verified>;
  readonly found: readonly Omit<Inconsistency, 'txn'>[];
}

/**
 * Verifies the signed objects of one handoff, whatever order they come in, each at the time at which it was
 * signed: what was valid then stays proven.
 */
export async function verifyChain(envelopes: readonly string[], trust: Trust): Promise<Chain> {
  const objects = new Map<string, Verified>();
  const found: Omit<Inconsistency, 'txn'>[] = [];
  let open = [...new Set(envelopes)];
  for (;;) {
    const later: string[] = [];
    for (const envelope of open) {
      const read = readHead(envelope);
      if (read === undefined) {
        found.push({ code: 'object_invalid', detail: 'envelope_malformed' });
        continue;
      }
      const previous = read.prev === undefined ? undefined : objects.get(read.prev);
      if (read.prev !== undefined && previous === undefined) {
        later.push(envelope);
        continue;
      }
      const context = { self: read.aud, trust, now: read.iat };
      const verified = await verifyObject(read.kind, envelope, context, previous);
      if (verified.ok) objects.set(verified.value.sha256, verified.value);
      else found.push({ code: 'object_invalid', detail: `${read.kind}: ${verified.code}` });
    }
    if (later.length === open.length) {
      found.push(...later.map(() => ({ code: 'object_invalid', detail: 'prev_broken' }) as const));
      break;
    }
    open = later;
  }
  return { objects, found: [...found, ...[...objects.values()].flatMap(excessOf)] };
}

/** What an accept takes beyond its offer, or a result does beyond its accept. */
function excessOf(object: Verified): readonly Omit<Inconsistency, 'txn'>[] {
  const refusal = (() => {
    if (object.kind === 'accept' && object.previous?.kind === 'offer')
      return checkAccept(object.claims, object.previous);
    const accept = object.kind === 'result' ? nearest('accept', object.previous) : undefined;
    if (object.kind !== 'result' || object.previous === undefined || accept === undefined) return undefined;
    return checkEffects(object.claims, accept.claims.authorization_details, object.previous);
  })();
  return refusal === undefined ? [] : [{ code: 'authority_exceeded', detail: `${object.kind}: ${refusal.code}` }];
}

/** Where an object says that it belongs; believed only once it has been verified there. */
function readHead(
  envelope: string,
): { readonly kind: Kind; readonly aud: string; readonly iat: number; readonly prev: string | undefined } | undefined {
  const [header = '', body = ''] = envelope.split('.').map((part) => Buffer.from(part, 'base64url').toString('utf8'));
  const { typ } = asRecord(parseJson(header));
  const { aud, iat, prev } = asRecord(parseJson(body));
  const kind = (Object.keys(kinds) as Kind[]).find((each) => kinds[each].typ === typ);
  if (kind === undefined || typeof aud !== 'string' || typeof iat !== 'number') return undefined;
  return { kind, aud, iat, prev: typeof prev === 'string' ? prev : undefined };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
