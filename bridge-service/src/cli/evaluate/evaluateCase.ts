import { canonicalJson } from '@agent-readiness/protocol';
import { dataKeyOf, openContent, type HandoffContent } from '../../app/content.ts';
import { receiveOffer } from '../../app/custody/receiveOffer.ts';
import { runHandoff } from '../../app/run/runHandoff.ts';
import type { JsonValue } from '../../domain/json.ts';
import type { Task } from '../../domain/task/task.ts';
import type { OrgPort, OrgQuery } from '../../ports/org.ts';
import type { EvalBridge } from './evalBridge.ts';
import type { EvalCase } from './evalCases.ts';
import { manifestOf, offerOf } from './evalOffer.ts';
import { createReferenceModel } from './referenceModel.ts';

/** What a case came to, and whether that is what a person would decide. */
export interface CaseResult {
  readonly name: string;
  readonly agrees: boolean;
  /** Members of the output that differ; `disposition` where there is an output and should be none, or none and should be one. */
  readonly differs: readonly string[];
  readonly disposition: string;
  readonly reason: string;
  /** Objects that were read. */
  readonly reads: readonly string[];
  /** Entity types of what was masked, each once. */
  readonly masked: readonly string[];
  /** What would be written: operation, object and fields. */
  readonly plan: readonly string[];
  readonly costUsdMicros: number;
}

/**
 * Takes one case through the whole pipeline, as an org would hand it over: real store, masking, guardrails and
 * gate, the records of the case for an org, and nothing written.
 */
export async function evaluateCase(
  { bridge: base, signer }: EvalBridge,
  task: Task,
  evalCase: EvalCase,
  by: 'reference' | 'model',
): Promise<CaseResult> {
  const bridge = {
    ...base,
    manifest: manifestOf(task),
    org: orgOf(task, evalCase),
    ...(by === 'model' ? {} : { model: createReferenceModel(evalCase), pricing: free }),
  };
  const received = await receiveOffer(bridge, await offerOf(bridge, signer, task, evalCase));
  if (!('key' in received)) throw new Error(`"${evalCase.name}" cannot be offered: ${received.code}`);
  await runHandoff(bridge, received.key, { drain: new AbortController().signal });
  return bridge.store.transaction(async (unit) => {
    const handoff = await unit.handoffs.find(received.key);
    if (handoff === undefined) throw new Error('the handoff is gone');
    const content = openContent(bridge, await dataKeyOf(unit, handoff.keyId), handoff);
    const { disposition = '', reason = '' } = handoff.outcome ?? {};
    const differs = differencesOf(evalCase, content, reason);
    return {
      name: evalCase.name,
      agrees: differs.length === 0,
      differs,
      disposition,
      reason,
      reads: (content.reads ?? []).map(({ object }) => object),
      masked: [...new Set((await unit.vault.entries(handoff.keyId)).map(({ type }) => type))].sort(),
      plan: (content.effects ?? []).map(
        ({ operation, object, fields }) => `${operation} ${object}: ${Object.keys(fields).join(', ')}`,
      ),
      costUsdMicros: handoff.costUsdMicros,
    };
  });
}

const free = { worstCaseUsdMicros: () => 0, costUsdMicros: () => 0 };

function differencesOf({ expect }: EvalCase, { output }: HandoffContent, reason: string): readonly string[] {
  if (isBlock(expect)) return output === undefined && reason === expect.blocked ? [] : ['disposition'];
  if (typeof output !== 'object' || output === null || Array.isArray(output)) return ['disposition'];
  const found = output as Readonly<Record<string, JsonValue>>;
  return Object.entries(expect).flatMap(([name, value]) => (holds(found[name], value) ? [] : [name]));
}

/** A list has to hold what is expected of it, and may hold more. */
function holds(found: JsonValue | undefined, expected: JsonValue): boolean {
  if (found === undefined) return false;
  if (Array.isArray(found) && Array.isArray(expected)) {
    const items = found.map((item: JsonValue) => canonicalJson(item));
    return expected.every((item: JsonValue) => items.includes(canonicalJson(item)));
  }
  return canonicalJson(found) === canonicalJson(expected);
}

function isBlock(expect: EvalCase['expect']): expect is { blocked: string } {
  return Object.keys(expect).join() === 'blocked';
}

/** The records of the case. What it does not name does not exist. */
function orgOf({ definition }: Task, { records }: EvalCase): OrgPort {
  const nameOf = ({ object, fields }: OrgQuery): string =>
    definition.reads.find((read) => read.object === object && read.fields.join() === fields.join())?.name ?? '';
  return {
    kind: 'offline',
    query(query) {
      const found = (records[nameOf(query)] ?? []).slice(0, query.limit).map((record, index) => ({
        id: String(index).padStart(18, '0'),
        fields: Object.fromEntries(query.fields.map((field) => [field, record[field] ?? null])),
      }));
      return Promise.resolve({ kind: 'read', records: found });
    },
    read: ({ effects }) =>
      Promise.resolve({
        kind: 'read',
        images: effects.map(({ recordId, fields }) =>
          recordId === undefined ? undefined : Object.fromEntries(Object.keys(fields).map((name) => [name, null])),
        ),
      }),
    write: () => Promise.resolve({ kind: 'rejected', code: 'EVALUATION' }),
  };
}
