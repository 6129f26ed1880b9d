import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../shared/install.mjs';
import { readCertificate } from './certificate.mjs';
import { request, sf, SfError } from './sf.mjs';

/** Whether a bridge serves at this address and takes new work. */
export async function isServing(address) {
  try {
    return (await globalThis.fetch(`${address}/readyz`, { signal: globalThis.AbortSignal.timeout(10_000) })).ok;
  } catch {
    return false;
  }
}

/** A case to hand off, about nobody. */
export function createCase(alias) {
  const values = "Subject='First handoff of the bridge' Description='Made by connect-org. Nothing needs to be done.'";
  return sf(['data', 'create', 'record', '--target-org', alias, '--sobject', 'Case', '--values', values], root).id;
}

/**
 * Calls the invocable action as an agent would.
 *
 * @returns {{ txn: string, payload: string }}
 */
export function handOff(alias, recordId) {
  const inputs = [{ taskName: 'Case_Summary', recordId, purpose: 'The first handoff of this pair' }];
  const path = '/services/data/v68.0/actions/custom/apex/HandOffToBridge';
  const [{ outputValues }] = request(alias, 'POST', path, root, { inputs });
  return { txn: outputValues.handoffId, payload: outputValues.result ?? '' };
}

const patienceMs = 120_000;

/** The signed objects that the org has written down, oldest first. Its journal is written by events, a moment later. */
export async function readObjects(alias, txn) {
  const until = Date.now() + patienceMs;
  for (;;) {
    const found = findHandoff(alias, txn);
    if (found?.objects.some(({ kind }) => kind === 'result' || kind === 'refuse')) return found.objects;
    if (Date.now() > until) throw new SfError(`the org has not written down handoff ${txn}: look at its event trigger`);
    await delay(1_000);
  }
}

function findHandoff(alias, txn) {
  let after = '';
  for (;;) {
    const path = `/services/apexrest/handoff/v1/export?after=${encodeURIComponent(after)}`;
    const { handoffs } = request(alias, 'GET', path, root);
    const found = handoffs.find((each) => each.txn === txn);
    if (found !== undefined || handoffs.length === 0) return found;
    after = handoffs.at(-1).name;
  }
}

/**
 * Verifies both sides of a handoff with what either has pinned: each object follows the one before it, and the log
 * of the bridge holds the result.
 *
 * @returns the claims of the result
 * @throws {SfError} naming the object and the code
 */
export async function verifyHandoff({ objects, payload, org, orgPem, bridge, bridgePem, logKey }) {
  const { loadTrust, verifyAccept, verifyClose, verifyObject, verifyResult } =
    await import('../../protocol/src/handoff/index.ts');
  const { parseVerifierKey } = await import('../../protocol/src/log/index.ts');
  const valueOf = (what, outcome) => {
    if (outcome.ok) return outcome.value;
    throw new SfError(`${what} does not verify: ${outcome.code}, ${outcome.detail}`);
  };
  const pinned = (issuer, role, pem) => ({
    issuer,
    role,
    certificates: [pem],
    pins: [`cert:${readCertificate(pem).thumbprint}`],
  });
  const trust = valueOf(
    'a certificate',
    await loadTrust([pinned(org, 'org', orgPem), pinned(bridge, 'bridge', bridgePem)]),
  );
  const key = valueOf('the key of the log', await parseVerifierKey(logKey));
  const log = { origin: key.name, keys: [key] };
  const textOf = (kind) => {
    const found = objects.find((each) => each.kind === kind)?.envelope;
    if (found === undefined) throw new SfError(`the org holds no ${kind}`);
    return found;
  };
  // Each at the time at which it was signed: what was valid then stays proven.
  const at = (self, envelope) => ({ self, trust, now: claimsOf(envelope).iat });

  const offer = valueOf('the offer', await verifyObject('offer', textOf('offer'), at(bridge, textOf('offer'))));
  const refuse = objects.find(({ kind }) => kind === 'refuse');
  if (refuse !== undefined) {
    const { reason, detail } = claimsOf(refuse.envelope);
    throw new SfError(`the bridge refused: ${reason} (${detail}); docs/errors.md, Refusals, says what it means`);
  }
  const accept = valueOf('the accept', await verifyAccept(textOf('accept'), at(org, textOf('accept')), offer));
  const evidence = { payload, log };
  const result = valueOf(
    'the result',
    await verifyResult(textOf('result'), at(org, textOf('result')), accept, evidence),
  );
  const close = objects.find(({ kind }) => kind === 'close')?.envelope;
  if (close !== undefined) valueOf('the close', await verifyClose(close, at(bridge, close), result));
  return { claims: result.claims, kinds: ['offer', 'accept', 'result', ...(close === undefined ? [] : ['close'])] };
}

function claimsOf(envelope) {
  return JSON.parse(Buffer.from(envelope.split('.')[1] ?? '', 'base64url').toString('utf8'));
}
