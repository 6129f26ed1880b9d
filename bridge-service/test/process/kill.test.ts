import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { loadSigner, type Message } from '@agent-readiness/protocol/handoff';
import { verifyExport } from '../../src/cli/verifyExport.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { manifest, newOffer } from '../support/offers.ts';
import { valueOf } from '../support/parties.ts';
import { findPostgres, startPostgres } from '../support/postgres.ts';
import { startBridge, type BridgeProcess } from './bridgeProcess.ts';

jest.setTimeout(300_000);

const developmentOrg = 'https://development.example.com/00D000000000001AAA';

let folder = '';
const running: BridgeProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bridge-kill-'));
  writeFileSync(join(folder, 'authority.lock.json'), JSON.stringify(manifest));
});
afterEach(async () => {
  for (const bridge of running.splice(0)) await bridge.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function start(environment: Readonly<Record<string, string>> = {}): Promise<BridgeProcess> {
  const bridge = await startBridge({
    BRIDGE_DATA: folder,
    BRIDGE_MANIFEST: join(folder, 'authority.lock.json'),
    ...environment,
  });
  running.push(bridge);
  return bridge;
}

const read = (file: string): string => readFileSync(join(folder, 'development-keys', file), 'utf8');

async function offers(count: number): Promise<readonly { readonly txn: string; readonly message: Message }[]> {
  const files = { privateKey: read('org.key.pem'), certificate: read('org.cert.pem') };
  const signer = valueOf(await loadSigner({ issuer: developmentOrg, role: 'org', ...files }));
  return Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const task = at % 2 === 0 ? 'case-summary' : 'refund-review';
      const claims = { iss: developmentOrg, aud: 'https://localhost' };
      const { offer, message } = await newOffer({ nowMs: Date.now(), task, claims, signer });
      return { txn: offer.claims.txn, message };
    }),
  );
}

/** The status, or `lost` when the process died before it answered. */
async function send({ url }: BridgeProcess, message: Message): Promise<number | 'lost'> {
  try {
    const headers = { 'content-type': 'application/json', prefer: 'respond-async' };
    const response = await fetch(`${url}/v1/handoffs`, { method: 'POST', headers, body: JSON.stringify(message) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 'lost';
  }
}

function get({ url }: BridgeProcess, path: string): Promise<Response> {
  return fetch(`${url}${path}`, { headers: { authorization: `Bearer ${read('operator.token')}` } });
}

async function answerOf(bridge: BridgeProcess, txn: string): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    const response = await get(bridge, `/v1/handoffs/${txn}?org=${encodeURIComponent(developmentOrg)}`);
    const answer = (await response.json()) as Answer;
    const isEnded = answer.status === 'finished' || answer.status === 'approval_required';
    if (isEnded || attempt === 120) return answer;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Every handoff that was sent has ended once, and the log has grown from what was seen before. */
async function expectNothingLost(bridge: BridgeProcess, txns: readonly string[], older: string): Promise<void> {
  for (const txn of txns) {
    const answer = await answerOf(bridge, txn);
    expect([txn, answer.status]).toEqual([txn, expect.stringMatching(/^(finished|approval_required)$/)]);
    // No org is configured here, so a plan that looks at records before it asks a person ends there.
    const { disposition, reason } = JSON.parse(answer.payload ?? '{}') as { disposition: string; reason: string };
    expect(`${disposition} ${reason}`).toMatch(/^(executed |approval_required \w+|errored org_\w+)$/);
  }
  const text = await (await get(bridge, '/v1/audit/export')).text();
  expect(await verifyExport(text, bridge.logKey, older)).toEqual({ ok: true, entries: expect.any(Number) });
  const names = text
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { event?: { txn: string; event: string } }).event);
  for (const txn of txns) {
    expect(names.filter((event) => event?.txn === txn && event.event === 'authorise.accepted')).toHaveLength(1);
  }
}

/** What is printed goes to places where nobody guards it. */
function expectNothingTold(...bridges: readonly BridgeProcess[]): void {
  for (const { printed } of bridges) {
    expect(printed()).toContain('think.dispatched');
    expect(printed()).not.toMatch(/Maria|Lopez|lamp|PRIVATE/i);
    for (const file of ['master.key', 'log.seed', 'operator.token']) expect(printed()).not.toContain(read(file));
  }
}

describe('a bridge that is killed', () => {
  it('has lost nothing when it comes back on its embedded store, and printed no content', async () => {
    const first = await start();
    const sent = await offers(12);
    const [early, ...late] = sent;
    if (early === undefined) throw new Error('no offers');
    expect(await send(first, early.message)).toBe(202);
    const older = await (await get(first, '/v1/audit/checkpoint')).text();
    const sending = Promise.all(late.map(({ message }) => send(first, message)));
    await new Promise((resolve) => setTimeout(resolve, 150));
    await first.kill();
    const statuses = await sending;

    const second = await start();
    // A second process would destroy the store.
    await expect(start()).rejects.toThrow('is in use by process');
    for (const [at, { message }] of late.entries()) {
      if (statuses[at] === 'lost') expect(await send(second, message)).toBeLessThan(300);
    }
    await expectNothingLost(
      second,
      sent.map(({ txn }) => txn),
      older,
    );
    expect(await second.stop()).toBe(0);
    expectNothingTold(first, second);
  });

  const programs = findPostgres();
  (programs === undefined ? it.skip : it)('leaves its work to another replica on PostgreSQL', async () => {
    const server = await startPostgres(programs ?? '');
    try {
      const environment = { DATABASE_URL: await server.createDatabase() };
      const first = await start(environment);
      const second = await start(environment);
      const sent = await offers(16);
      const older = await (await get(second, '/v1/audit/checkpoint')).text();
      const sending = Promise.all(sent.map(({ message }, at) => send(at % 2 === 0 ? first : second, message)));
      await new Promise((resolve) => setTimeout(resolve, 100));
      await first.kill();
      const statuses = await sending;
      for (const [at, { message }] of sent.entries()) {
        if (statuses[at] === 'lost') expect(await send(second, message)).toBeLessThan(300);
      }
      await expectNothingLost(
        second,
        sent.map(({ txn }) => txn),
        older,
      );
      expect(await second.stop()).toBe(0);
    } finally {
      for (const bridge of running.splice(0)) await bridge.kill();
      await server.stop();
    }
  });
});
