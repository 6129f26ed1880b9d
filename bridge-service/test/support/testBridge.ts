import { fileURLToPath } from 'node:url';
import {
  verifyAccept,
  verifyRefuse,
  verifyResult,
  type Verified,
  type VerifyContext,
} from '@agent-readiness/protocol/handoff';
import { createAesGcm } from '../../src/adapters/system/aesGcm.ts';
import { systemRandom } from '../../src/adapters/system/systemRandom.ts';
import { loadTasks } from '../../src/adapters/tasks/loadTasks.ts';
import type { Bridge, Policy } from '../../src/app/bridge.ts';
import type { Answer } from '../../src/domain/answer.ts';
import type { Store } from '../../src/ports/store.ts';
import { silentWatch, type Watch } from '../../src/ports/watch.ts';
import { createFakeModel, fakePricing, type FakeModel } from './fakeModel.ts';
import { createFakeOrg, type FakeOrg } from './fakeOrg.ts';
import { createFakeMasker, fakeGuardrails } from './fakeSafeguards.ts';
import { ids, manifest } from './offers.ts';
import { bridgeParty, bridgeSigner, logOrigin, logSigner, logTrust, orgParty, trust, valueOf } from './parties.ts';
import { createTestClock, type TestClock } from './testClock.ts';

export const tasksFolder = fileURLToPath(new URL('../../tasks', import.meta.url));
const tasks = loadTasks(tasksFolder);

export const policy: Policy = {
  sha256: '5'.repeat(64),
  owner: { person: 'Bridge duty officer', queue: 'bridge-duty' },
  budgets: { agentPerDay: 1e9, taskPerDay: 1e9, perDay: 1e9, perMonth: 1e9 },
  integrationUsers: [ids.integrationUser],
  vaultRetentionMs: 3_600_000,
};

export interface TestBridge extends Bridge {
  readonly model: FakeModel;
  readonly org: FakeOrg;
  readonly clock: TestClock;
  /** What the watch was told. */
  readonly alarms: string[];
  readonly failures: unknown[];
}

/** A bridge with a real store, and fakes for what is outside. */
export function createTestBridge(store: Store, overrides: Partial<TestBridge> = {}): TestBridge {
  const alarms: string[] = [];
  const failures: unknown[] = [];
  const watch: Watch = {
    ...silentWatch,
    alarm: (code) => alarms.push(code),
    failed: (_where, error) => failures.push(error),
  };
  return {
    party: bridgeParty,
    replica: 'replica 1',
    policy,
    manifest,
    tasks,
    trust,
    signer: bridgeSigner,
    log: { origin: logOrigin, signer: logSigner },
    store,
    clock: createTestClock(),
    random: systemRandom,
    cipher: createAesGcm(systemRandom),
    model: createFakeModel(),
    pricing: fakePricing,
    org: createFakeOrg(),
    callback: { reaches: () => true, deliver: () => Promise.resolve() },
    createMasker: createFakeMasker,
    runGuardrails: fakeGuardrails,
    watch,
    alarms,
    failures,
    ...overrides,
  };
}

/** What the org's verifier makes of an answer: the objects, each verified after the one before it. */
export async function verifyAnswer(
  { clock }: Pick<TestBridge, 'clock'>,
  offer: Verified<'offer'>,
  answer: Answer | undefined,
  previous?: Verified<'approval'>,
): Promise<{
  readonly refuse?: Verified<'refuse'>;
  readonly accept?: Verified<'accept'>;
  readonly result?: Verified<'result'>;
}> {
  const context: VerifyContext = { self: orgParty, trust, now: Math.floor(clock.nowMs() / 1_000) };
  if (answer === undefined) throw new Error('no answer');
  if (answer.refuse !== undefined) return { refuse: valueOf(await verifyRefuse(answer.refuse, context, offer)) };
  const accept = previous === undefined ? valueOf(await verifyAccept(answer.accept ?? '', context, offer)) : undefined;
  const before = previous ?? accept;
  if (answer.result === undefined || before === undefined) return accept === undefined ? {} : { accept };
  const evidence = { payload: answer.payload ?? '', log: logTrust };
  const result = valueOf(await verifyResult(answer.result, context, before, evidence));
  return { ...(accept === undefined ? {} : { accept }), result };
}
