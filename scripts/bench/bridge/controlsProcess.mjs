/**
 * The CPU time of each control that needs no store, per handoff; prints JSON, in milliseconds.
 *
 * Usage: node --conditions=source controlsProcess.mjs
 */
import { createNoteSigner, signCheckpoint } from '@agent-readiness/protocol/log';
import { createObject, verifyObject } from '@agent-readiness/protocol/handoff';
import { createAesGcm } from '../../../bridge-service/src/adapters/system/aesGcm.ts';
import { ed25519PublicKey } from '../../../bridge-service/src/adapters/system/developmentKeys.ts';
import { systemRandom } from '../../../bridge-service/src/adapters/system/systemRandom.ts';
import { runGuardrails } from '../../../bridge-service/src/domain/guardrails/runGuardrails.ts';
import { ConversationMasker } from '../../../bridge-service/src/domain/masking/masker.ts';
import { newOffer } from '../../../bridge-service/test/support/offers.ts';
import { bridgeParty, orgSigner, trust } from '../../../bridge-service/test/support/parties.ts';
import { payload, summary } from './workload.mjs';

const repetitions = 100;
const input = JSON.parse(payload);
const newMasker = () => new ConversationMasker({ key: new Uint8Array(32), known: [], hints: {}, policy: {} });
const masker = newMasker();
const masked = JSON.stringify(masker.mask(input));
const guard = (stage) => runGuardrails({ stage, input, output: summary, outputSchema: {}, policy: {} });
const { offer } = await newOffer({ nowMs: Date.now(), task: 'case-summary', payload });
const context = { self: bridgeParty, trust, now: Math.floor(Date.now() / 1_000) };
const seed = new Uint8Array(32).fill(9);
const noteSigner = await createNoteSigner('bridge.example.com/log', seed, ed25519PublicKey(seed));
const head = { origin: 'bridge.example.com/log', size: 1_000, root: new Uint8Array(32) };
const cipher = createAesGcm(systemRandom);
const key = new Uint8Array(32);

const controls = {
  'verify the offer (RS256)': () => verifyObject('offer', offer.compact, context),
  'sign accept and result (RS256)': async () => {
    for (let object = 0; object < 2; object++) await createObject('offer', offer.claims, orgSigner);
  },
  'sign the checkpoint (Ed25519)': () => signCheckpoint(head, [noteSigner]),
  'seal and open content (AES-256-GCM), eight times': () => {
    for (let time = 0; time < 8; time++) cipher.open(key, cipher.seal(key, payload, 'content'), 'content');
  },
  'guardrails of the input': () => guard('in'),
  'guardrails of the output': () => guard('out'),
  'mask the input': () => newMasker().mask(input),
  'check what leaves': () => masker.leaks(masked),
  'unmask the output': () => masker.unmask(summary, 'result'),
};

const costs = {};
for (const [name, run] of Object.entries(controls)) {
  for (let warm = 0; warm < repetitions / 2; warm++) await run();
  const before = process.cpuUsage();
  for (let time = 0; time < repetitions; time++) await run();
  const { user, system } = process.cpuUsage(before);
  costs[name] = (user + system) / 1_000 / repetitions;
}
process.stdout.write(`${JSON.stringify(costs)}\n`);
