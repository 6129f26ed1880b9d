import { connect } from 'node:net';
import { CompactSign } from 'jose';
import type { BridgeProcess } from '../../process/bridgeProcess.ts';
import { newOffer } from '../../support/offers.ts';
import { orgSigner } from '../../support/parties.ts';
import { createFindings, type Findings } from '../world/findings.ts';
import { keepBill } from '../world/bill.ts';
import { mutateJson, mutateText } from '../world/mutate.ts';
import { refundOf, summaryOf } from '../world/refund.ts';
import type { Seeded } from '../world/seeded.ts';
import { ask, startStage, type StoreKind } from '../world/stage.ts';
import { delay, forEach } from '../world/until.ts';
import { forgetPeakMemory, peakMemoryMb } from '../world/memory.ts';

/** Stands in every body; no answer, log line or metric may hold it. */
const canary = 'Zyxwvut Qanarius';
/** The embedded store has taken more than half of it when it starts. */
const maxMemoryMb = 1_000;

interface Prepared {
  readonly envelope: string;
  readonly payload: string;
}

type Shot = (seeded: Seeded, prepared: Prepared, url: string) => Promise<Response | undefined>;

/** Damaged input of every kind, at a whole bridge in a process of its own. */
export async function fuzz(seeded: Seeded, count: number, store: StoreKind): Promise<Findings> {
  const findings = createFindings();
  const stage = await startStage({ store, logIn: false });
  keepBill(stage.claude, () => ({ answer: {} }));
  try {
    const bridge = await stage.start();
    forgetPeakMemory(bridge);
    let prepared = await prepare();
    const begun = performance.now();
    await forEach(Array.from({ length: count }), 24, async (_, at) => {
      // Offers age: fresh ones keep the damage from being found by the clock alone.
      if (at % 2_000 === 1_999) prepared = await prepare();
      const [name, shoot] = seeded.pick(shots);
      const own = seeded.branch(`${name} ${at}`);
      // What the client itself refuses to send is no attack.
      const response = await shoot(own, own.pick(prepared), bridge.url).catch(() => 'unsent' as const);
      findings.count(
        response === undefined || response === 'unsent'
          ? `${name}: no answer, as meant`
          : `${name}: ${Math.floor(response.status / 100)}xx`,
      );
      if (response === undefined || response === 'unsent') return;
      const text = await response.text().catch(() => '');
      findings.require(!text.includes(canary), `${name}, number ${at}: an answer repeats what was sent`);
      if (response.status < 500) return;
      const isMeant = response.status === 503 && /"code":"(overloaded|draining)"/.test(text);
      findings.require(isMeant, `${name}, number ${at}: ${response.status} ${text.slice(0, 200)}`);
    });
    findings.figures['requests a second'] = Math.round((count / (performance.now() - begun)) * 1_000);
    // What was taken may still run.
    await delay(3_000);
    const metrics = await (await ask(bridge, '/metrics')).text();
    findings.require(!metrics.includes(canary), 'no metric holds what was sent');
    findings.require(!bridge.printed().includes(canary), 'no log line holds what was sent');
    findings.require(/^bridge_failures_total\{/m.exec(metrics) === null, `no fault of ours: ${failuresIn(metrics)}`);
    judgeMemory(bridge, findings);
    findings.require((await bridge.stop()) === 0, 'it ends well');
    return findings;
  } finally {
    await stage.stop();
  }
}

function judgeMemory(bridge: BridgeProcess, findings: Findings): void {
  const peak = peakMemoryMb(bridge);
  findings.figures['peak memory MB'] = peak;
  findings.require(peak < maxMemoryMb, `memory stays below ${maxMemoryMb} MB: ${peak}`);
}

function failuresIn(metrics: string): string {
  return [...metrics.matchAll(/^bridge_failures_total.*$/gm)].map(([line]) => line).join(' ');
}

function prepare(): Promise<readonly Prepared[]> {
  return Promise.all(
    Array.from({ length: 6 }, async (_, at) => {
      const isRefund = at % 2 === 0;
      const caseId = '5005g00000CaSeAAAV';
      const text = `I am ${canary}.`;
      const { payload, grants } = isRefund ? refundOf(caseId, '8015g00000OrDeRAAV', text) : summaryOf(caseId, text);
      const claims = { authorization_details: grants, owner: { person: canary, queue: 'desk' } };
      const task = isRefund ? 'refund-review' : 'case-summary';
      const { message } = await newOffer({ nowMs: Date.now(), task, payload, claims });
      return message;
    }),
  );
}

const json = { 'content-type': 'application/json' };
const post = (url: string, body: string, headers: Readonly<Record<string, string>> = json) =>
  fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(60_000) });
const asynchronous = { ...json, prefer: 'respond-async' };
const paths = [
  '/v1/handoffs',
  '/v1/approvals',
  '/v1/closes',
  '/v1/kill-switch',
  '/v1/erasures',
  '/v1/reverts',
  '/mcp',
  '/oauth/token',
  '/v1/claims/x',
  '/v1/audit/inclusion?index=1&size=2',
  '/v1/audit/entries?from=0&limit=5',
  '/v1/audit/consistency?from=1&size=2',
  '/v1/handoffs/00000000-0000-4000-8000-000000000000?org=x',
];
const headerNames = [
  'authorization',
  'accept',
  'prefer',
  'content-type',
  'content-encoding',
  'traceparent',
  'origin',
  'x-forwarded-for',
  'mcp-protocol-version',
  'if-none-match',
  'expect',
];

const shots: readonly (readonly [string, Shot])[] = [
  [
    'body as text',
    (seeded, prepared, url) => post(`${url}/v1/handoffs`, mutateText(JSON.stringify(prepared), seeded), asynchronous),
  ],
  [
    'body as JSON',
    (seeded, prepared, url) =>
      post(`${url}${seeded.pick(paths)}`, JSON.stringify(mutateJson(prepared, seeded)), asynchronous),
  ],
  [
    'envelope as text',
    (seeded, { envelope, payload }, url) =>
      post(
        `${url}${seeded.pick(paths.slice(0, 3))}`,
        JSON.stringify({ envelope: mutateText(envelope, seeded), payload }),
        asynchronous,
      ),
  ],
  [
    'payload under its signature',
    (seeded, { envelope, payload }, url) =>
      post(`${url}/v1/handoffs`, JSON.stringify({ envelope, payload: mutateText(payload, seeded) }), asynchronous),
  ],
  ['claims, signed', shootClaims],
  ['payload, signed', shootPayload],
  ['header', shootHeader],
  [
    'path',
    (seeded, _prepared, url) =>
      fetch(`${url}${encodeURI(mutateText(seeded.pick(paths), seeded).toWellFormed())}`, {
        signal: AbortSignal.timeout(60_000),
      }),
  ],
  ['bytes on the wire', shootBytes],
  ['stream cut by the caller', shootCut],
];

/** What an org with a defect, or an evil one, could send: genuine, and not what it should be. */
async function shootClaims(seeded: Seeded, { envelope, payload }: Prepared, url: string): Promise<Response> {
  const [head = '', body = ''] = envelope.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as { alg: string };
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
  const fresh = { ...claims, jti: crypto.randomUUID(), txn: crypto.randomUUID() };
  const bytes = new TextEncoder().encode(JSON.stringify(mutateJson(fresh, seeded)));
  const compact = await new CompactSign(bytes).setProtectedHeader(header).sign(orgSigner.key);
  return post(`${url}${seeded.pick(paths.slice(0, 3))}`, JSON.stringify({ envelope: compact, payload }), asynchronous);
}

/** What people write into records: genuine, and anything. */
async function shootPayload(seeded: Seeded, { payload }: Prepared, url: string): Promise<Response> {
  const damaged =
    seeded.below(3) === 0 ? mutateText(payload, seeded) : JSON.stringify(mutateJson(JSON.parse(payload), seeded));
  const task = payload.includes('"order"') ? 'refund-review' : 'case-summary';
  const { message } = await newOffer({ nowMs: Date.now(), task, payload: damaged.toWellFormed() });
  return post(`${url}/v1/handoffs`, JSON.stringify(message), asynchronous);
}

function shootHeader(seeded: Seeded, prepared: Prepared, url: string): Promise<Response> {
  const value = mutateText(
    seeded.pick([
      'Bearer token-of-a-campaign',
      'application/json',
      'gzip',
      '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      '*/*;q=0.1',
    ]),
    seeded,
  )
    .replace(/[^\x20-\x7e\xa1-\xff]/g, '')
    .trim();
  return post(`${url}${seeded.pick(paths)}`, JSON.stringify(prepared), { ...json, [seeded.pick(headerNames)]: value });
}

/** A whole request as text, damaged anywhere: line, headers, body. Whatever comes back, the process lives. */
async function shootBytes(seeded: Seeded, prepared: Prepared, url: string): Promise<undefined> {
  const body = JSON.stringify(prepared);
  const head = `POST /v1/handoffs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${String(body.length)}\r\n\r\n`;
  await sendAndLeave(url, mutateText(head, seeded) + body, 20 + seeded.below(200));
}

/** Reads along, and goes away in the middle. */
async function shootCut(seeded: Seeded, { envelope, payload }: Prepared, url: string): Promise<undefined> {
  const body = JSON.stringify({ envelope, payload });
  const head = `POST /v1/handoffs HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\n\r\n`;
  await sendAndLeave(
    url,
    (head + body).slice(0, seeded.below(3) === 0 ? seeded.below(head.length + body.length) : undefined),
    seeded.below(150),
  );
}

async function sendAndLeave(url: string, text: string, afterMs: number): Promise<void> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(text);
  await delay(afterMs);
  socket.destroy();
}
