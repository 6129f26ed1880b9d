import { hexToBytes } from '@noble/hashes/utils.js';
import { delimiterBytes } from '../../domain/guardrails/indirectInjection/wrapUntrusted.ts';
import type { Turn } from '../../domain/task/buildRequest.ts';
import { planReads } from '../../domain/task/planReads.ts';
import type { RecordedRead } from '../content.ts';
import type { Decision } from '../events.ts';
import { ask } from './ask.ts';
import { collect } from './batch.ts';
import { failed, type Attempt, type Thinking, type Thought } from './asking.ts';
import { lookUp } from './lookUp.ts';
import type { Run } from './run.ts';

/**
 * Asks the model, shows it what it wants to read, and asks once more when its answer can be repaired. A
 * conversation has at most as many rounds of reading as there are reads, so it ends whatever the model does.
 * Undefined while an answer is waited for.
 */
export async function think(run: Run, thinking: Thinking): Promise<Thought | undefined> {
  const { task, input } = thinking;
  let batch = run.content.batch;
  const delimiter = batch === undefined ? run.bridge.random.bytes(delimiterBytes) : hexToBytes(batch.delimiter);
  const reads = planReads(task.definition.reads, input, run.handoff.grants);
  let flagged = thinking.flagged;
  let turns: readonly Turn[] = batch?.turns ?? [];
  let decisions: readonly Decision[] = thinking.decisions;
  let seen: readonly RecordedRead[] = [];
  for (;;) {
    const asking = { delimiter, reads, turns, seen, decisions };
    const now = { ...thinking, flagged };
    const attempt = batch === undefined ? await ask(run, now, asking) : await collect(run, now, asking, batch);
    batch = undefined;
    if (attempt.kind === 'waiting') return undefined;
    if (attempt.kind === 'thought') return attempt.thought;
    if (attempt.kind === 'read') {
      if (countOf('read', turns) >= reads.length) return failed('errored', 'reads_exhausted');
      const looked = await lookUp(run, thinking, asking, attempt.answer);
      if (!looked.ok) return looked;
      flagged ||= looked.flagged;
      ({ seen } = looked);
      decisions = [];
      turns = [...turns, looked.turn];
    } else {
      if (countOf('repair', turns) > 0) return withoutRepair(attempt);
      ({ decisions } = attempt);
      turns = [...turns, attempt.turn];
    }
  }
}

function countOf(kind: Turn['kind'], turns: readonly Turn[]): number {
  return turns.filter((turn) => turn.kind === kind).length;
}

function withoutRepair({ decisions, reason }: Extract<Attempt, { kind: 'repair' }>): Thought {
  return failed(reason === 'guard_out' ? 'blocked' : 'errored', reason, decisions);
}
