import { kinds, type Kind, type Verified } from '@agent-readiness/protocol/handoff';
import type { HandoffStore, StoredObject } from '../ports/handoffs.ts';
import type { HandoffKey } from '../ports/outbox.ts';
import type { DataKey } from '../ports/vault.ts';
import type { Bridge } from './bridge.ts';

/** A signed object as the store keeps it. */
export function storeObject(
  { cipher }: Pick<Bridge, 'cipher'>,
  key: DataKey,
  object: Pick<Verified, 'kind' | 'sha256' | 'compact' | 'previous'>,
): StoredObject {
  const { kind, sha256, compact, previous } = object;
  return { kind, sha256, sealed: cipher.seal(key.key, compact, sha256), prev: previous?.sha256 };
}

/**
 * The chain that ends in the object `sha256`, as it was verified or signed when it was stored. Undefined
 * when there is no such object.
 */
export async function recallChain(
  bridge: Pick<Bridge, 'cipher'>,
  handoffs: HandoffStore,
  key: HandoffKey,
  dataKey: DataKey,
  sha256: string,
): Promise<Verified | undefined> {
  return recallFrom(bridge, await handoffs.objects(key), dataKey)(sha256);
}

/** The same, from objects that are at hand; each is opened once, however many chains it is part of. */
export function recallFrom(
  { cipher }: Pick<Bridge, 'cipher'>,
  objects: readonly StoredObject[],
  dataKey: DataKey,
): (sha256: string) => Verified | undefined {
  const stored = new Map(objects.map((object) => [object.sha256, object]));
  const opened = new Map<string, Verified>();
  const open = ({ kind, sha256, sealed, prev }: StoredObject): Verified => {
    const compact = cipher.open(dataKey.key, sealed, sha256);
    const object = asVerified(kind, compact, sha256, prev === undefined ? undefined : recall(prev));
    opened.set(sha256, object);
    return object;
  };
  const recall = (sha256: string): Verified | undefined => {
    const object = stored.get(sha256);
    return object && (opened.get(sha256) ?? open(object));
  };
  return recall;
}

/** No signature is checked: the seal of the store says that nobody has changed it since. */
function asVerified(kind: Kind, compact: string, sha256: string, previous: Verified | undefined): Verified {
  const [, body = ''] = compact.split('.');
  const claims = kinds[kind].schema.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  return { kind, claims, compact, sha256, previous } as Verified;
}
