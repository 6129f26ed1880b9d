import { digest } from '../../domain/digest.ts';
import { readRoom } from '../../domain/gate/readRoom.ts';
import type { ReadResult, Turn } from '../../domain/task/buildRequest.ts';
import type { PlannedRead } from '../../domain/task/planReads.ts';
import type { ModelContent } from '../../ports/model.ts';
import type { OrgQuery, OrgRecords } from '../../ports/org.ts';
import { nowSeconds } from '../bridge.ts';
import type { RecordedRead } from '../content.ts';
import type { Decision } from '../events.ts';
import { askOrg } from './askOrg.ts';
import { failed, type Asking, type Thinking, type Thought } from './asking.ts';
import { hasAction } from './judge.ts';
import type { Run } from './run.ts';
import { mustNotBeStopped, takeStep } from './step.ts';

type Seen =
  | {
      readonly ok: true;
      readonly turn: Extract<Turn, { kind: 'read' }>;
      readonly seen: readonly RecordedRead[];
      readonly flagged: boolean;
    }
  | Extract<Thought, { ok: false }>;

/**
 * Shows the model what it asked to see, each thing once: what it asks for again is what it saw. What the org
 * answers was written by others and goes through the guardrails of what comes in.
 *
 * @throws StoppedError
 */
export async function lookUp(
  run: Run,
  { task, signal }: Thinking,
  { reads, seen: before }: Asking,
  answer: readonly ModelContent[],
): Promise<Seen> {
  const { bridge, handoff } = run;
  const uses = answer.flatMap((part) => (part.type === 'tool_use' ? [part] : []));
  const wanted = reads.filter(({ name }) => uses.some((use) => use.name === name) && !before.some(isNamed(name)));
  const queries = queriesFor(wanted, run, before);
  if (queries.length > 0) {
    await takeStep(run, {
      decisions: [decision('read.dispatched', queries)],
      also: (unit) => mustNotBeStopped(unit, handoff),
    });
  }
  const answers = await Promise.all(
    queries.map(({ query }) => askOrg(bridge, () => bridge.org.query(query, signal), signal)),
  );
  const refusal = answers.find(({ kind }) => kind !== 'read');
  if (refusal !== undefined && refusal.kind !== 'read') {
    const reason = refusal.kind === 'rejected' ? 'org_rejected' : 'org_unavailable';
    return failed('errored', reason, [decision('read.rejected', refusal.code)]);
  }
  const read = queries.map(({ name, query }, index) => recordedRead(name, query, answers[index], nowSeconds(bridge)));
  if (read.length > 0) {
    const reads = [...(run.content.reads ?? []), ...read];
    await takeStep(run, { content: { reads }, decisions: [decision('read.done', read)] });
  }
  const findings = bridge.runGuardrails({
    stage: 'in',
    input: read.map(({ records }) => records.map(({ fields }) => fields)),
    outputSchema: task.outputSchema,
    policy: task.definition.guardrails,
  });
  if (hasAction(findings, 'block')) return failed('blocked', 'guard_in', [decision('read.blocked', findings)]);
  const seen = [...before, ...read];
  const results = uses.map(({ id, name }): ReadResult => ({
    toolUseId: id,
    read: reads.find(isNamed(name)),
    records: seen.find(isNamed(name))?.records.map(({ fields }) => fields),
  }));
  return { ok: true, turn: { kind: 'read', answer, results }, seen, flagged: findings.length > 0 };
}

interface NamedQuery {
  readonly name: string;
  readonly query: OrgQuery;
}

/** What is asked for counts against the authority, whether or not there are so many. */
function queriesFor(wanted: readonly PlannedRead[], { handoff }: Run, seen: readonly RecordedRead[]): NamedQuery[] {
  const queries: NamedQuery[] = [];
  for (const read of wanted) {
    const { name, object, fields, where } = read;
    const before = seen.filter((each) => each.object === object).map(({ records }) => records.length);
    const now = queries.filter(({ query }) => query.object === object).map(({ query }) => query.limit);
    const used = [...before, ...now].reduce((sum, count) => sum + count, 0);
    const limit = readRoom(read, handoff.grants, used);
    if (limit > 0) queries.push({ name, query: { org: handoff.key.org, object, fields, where, limit } });
  }
  return queries;
}

function recordedRead(name: string, query: OrgQuery, answer: OrgRecords | undefined, at: number): RecordedRead {
  const { object, fields } = query;
  return { name, object, fields, at, records: answer?.kind === 'read' ? answer.records : [] };
}

function isNamed(name: string): (named: { readonly name: string }) => boolean {
  return (named) => named.name === name;
}

function decision(name: Decision['name'], about: unknown): Decision {
  return { name, contentSha256: digest(about) };
}
