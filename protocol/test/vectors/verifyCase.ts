import {
  loadTrust,
  verifyAccept,
  verifyApproval,
  verifyClose,
  verifyOffer,
  verifyRefuse,
  verifyResult,
  type LogTrust,
  type Outcome,
  type Trust,
  type Verified,
} from '@agent-readiness/protocol/handoff';
import { parseVerifierKey } from '@agent-readiness/protocol/log';
import { setting } from './buildVectors.ts';
import type { ObjectCase } from './objectCases.ts';

export interface World {
  readonly trust: Trust;
  readonly log: LogTrust;
  /** Vectors that others stand on, verified once. */
  readonly known: Map<string, Verified>;
}

export async function loadWorld(): Promise<World> {
  const trust = value(await loadTrust(setting.issuers));
  const key = value(await parseVerifierKey(setting.log.key));
  return { trust, log: { origin: setting.log.origin, keys: [key] }, known: new Map() };
}

/** Verifies a vector, after the vectors before it in its chain. */
export async function verifyCase(
  vector: ObjectCase,
  all: ReadonlyMap<string, ObjectCase>,
  world: World,
): Promise<Outcome<Verified>> {
  const previous = vector.previous === undefined ? undefined : await predecessor(vector.previous, all, world);
  const isForOrg = ['accept', 'refuse', 'result'].includes(vector.kind);
  const context = {
    self: isForOrg ? setting.parties.org : setting.parties.bridge,
    trust: world.trust,
    now: vector.now,
    skewSeconds: setting.skewSeconds,
  };
  const { envelope, payload = '', plan, wasUsed = false } = vector;
  // The predecessor may be of a wrong kind: that is for the verifier to notice.
  const link = previous as never;
  switch (vector.kind) {
    case 'offer':
      return verifyOffer(envelope, context, { payload, manifest: setting.manifest });
    case 'accept':
      return verifyAccept(envelope, context, link);
    case 'refuse':
      return verifyRefuse(envelope, context, link);
    case 'approval':
      return verifyApproval(envelope, context, link, { plan, wasUsed, integrationUsers: setting.integrationUsers });
    case 'result':
      return verifyResult(envelope, context, link, { payload, log: world.log });
    case 'close':
      return verifyClose(envelope, context, link);
  }
}

async function predecessor(name: string, all: ReadonlyMap<string, ObjectCase>, world: World): Promise<Verified> {
  const vector = all.get(name);
  if (vector === undefined) throw new Error(`no vector ${name}`);
  const known = world.known.get(name) ?? value(await verifyCase(vector, all, world));
  world.known.set(name, known);
  return known;
}

/** The value of an outcome that the test relies on. */
export function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
  return outcome.value;
}
