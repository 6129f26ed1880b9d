import { createHash } from 'node:crypto';
import { manifestSha256, type Manifest } from '@agent-readiness/protocol';
import {
  createObject,
  provenanceRules,
  type Grant,
  type Message,
  type OfferClaims,
  type Signer,
} from '@agent-readiness/protocol/handoff';
import type { Bridge } from '../../app/bridge.ts';
import type { Task } from '../../domain/task/task.ts';
import type { EvalCase } from './evalCases.ts';

const user = '005000000000001AAA';
const agent = 'Evaluation';

const reach = { extent: 'unbounded', identity: 'user', reversibility: 'irreversible' } as const;

function writesOf({ definition }: Task) {
  return definition.effects.map(({ operation, object, fields }) => ({
    ...reach,
    operation,
    object,
    fields: Object.keys(fields),
  }));
}

/** Everything that the task may do, behind an approval: what an evaluation proposes is never carried out. */
function grantsOf(task: Task): Grant[] {
  const reads = task.definition.reads.map(({ object, fields }) => ({ object, fields: [...fields] }));
  const type = 'salesforce_effect';
  return [
    ...writesOf(task).map((write) => ({ ...write, type, gate: 'approval' }) as const),
    ...reads.map((read) => ({ ...reach, ...read, type, operation: 'read', gate: 'none' }) as const),
  ];
}

/** The manifest under which a task can be offered at all. */
export function manifestOf(task: Task): Manifest {
  const effects = writesOf(task).map((write) => ({ ...write, gate: 'none', certainty: 'proven' }) as const);
  return { schemaVersion: 1, actions: [{ agent, topic: agent, action: task.definition.name, effects }] };
}

/** One case as an org would hand it over. */
export async function offerOf(
  { clock, random, party, manifest }: Bridge,
  signer: Signer,
  task: Task,
  { name, input, hints }: EvalCase,
): Promise<Message> {
  const payload = JSON.stringify(input);
  const iat = Math.floor(clock.nowMs() / 1_000);
  const { limits } = task.definition;
  const claims: OfferClaims = {
    iss: signer.issuer,
    aud: party,
    iat,
    nbf: iat,
    exp: iat + 120,
    jti: random.uuid(),
    txn: random.uuid(),
    att: 1,
    sub: user,
    sub_kind: 'user',
    sub_auth: 'login',
    act: { sub: agent, version: 'v1' },
    run_as: user,
    req_wl: agent,
    rctx: {
      request_id: agent,
      quiddity: agent,
      session: { ref: random.uuid(), kind: 'messaging_session' },
      topic: agent,
      action: task.definition.name,
      channel: agent,
    },
    tctx: {
      task_type: task.definition.name,
      purpose: name.slice(0, 255),
      record_ids: [],
      due: iat + limits.deadlineSeconds,
      max_cost_usd_micros: Math.floor(limits.maxCostUsd * 1_000_000),
    },
    authorization_details: grantsOf(task),
    data_classes: [],
    masking_hints: hints,
    owner: { person: agent, queue: agent },
    approvals: [],
    policy: sha256(''),
    manifest: manifestSha256(manifest),
    trace: `00-${sha256(name).slice(0, 32)}-${sha256(name).slice(32, 48)}-01`,
    payload_sha256: sha256(payload),
    prov: Object.fromEntries(Object.entries(provenanceRules).map(([claim, { from }]) => [claim, from[0] ?? 'config'])),
  };
  const offer = await createObject('offer', claims, signer);
  if (!offer.ok) throw new Error(`the case cannot be offered: ${offer.code}, ${offer.detail}`);
  return { envelope: offer.value.compact, payload };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
