import type { Decision } from '../events.ts';
import type { JsonValue, Masked } from '../../domain/json.ts';
import type { OutcomeReason } from '../../domain/refusalReasons.ts';
import type { Masker } from '../../domain/safeguards.ts';
import type { Turn } from '../../domain/task/buildRequest.ts';
import type { PlannedRead } from '../../domain/task/planReads.ts';
import type { Task } from '../../domain/task/task.ts';
import type { ModelContent } from '../../ports/model.ts';
import type { RecordedRead } from '../content.ts';

/** Masked output that passed the guards, or why there is none. `decisions` are not recorded yet. */
export type Thought =
  | {
      readonly ok: true;
      readonly output: Masked<JsonValue>;
      readonly flagged: boolean;
      readonly decisions: readonly Decision[];
    }
  | {
      readonly ok: false;
      readonly disposition: 'blocked' | 'errored' | 'refused';
      readonly reason: OutcomeReason;
      readonly decisions: readonly Decision[];
    };

/**
 * Receives text for whoever waits, with its values back. The text of a later question replaces that of an
 * earlier one, and only the answer counts.
 */
export type OnText = (piece: { readonly question: number; readonly text: string }) => void;

/** What a run thinks about. */
export interface Thinking {
  readonly task: Task;
  readonly input: JsonValue;
  readonly masker: Masker;
  /** Tokens that the masker knew from the start: with them a replay masks as the run did. */
  readonly known: readonly string[];
  /** Findings of the input that flag and do not block. */
  readonly flagged: boolean;
  /** Recorded together with the first question. */
  readonly decisions: readonly Decision[];
  readonly signal: AbortSignal;
  readonly onText?: OnText;
}

/** One question of the conversation. */
export interface Asking {
  readonly delimiter: Uint8Array;
  readonly reads: readonly PlannedRead[];
  readonly turns: readonly Turn[];
  /** What the model has been shown. */
  readonly seen: readonly RecordedRead[];
  /** Recorded together with the question. */
  readonly decisions: readonly Decision[];
}

/**
 * What a question came to: a thought; `repair`, an answer that the model may mend; `read`, the wish to see
 * something first; `waiting`, its answer comes another time.
 */
export type Attempt =
  | { readonly kind: 'thought'; readonly thought: Thought }
  | {
      readonly kind: 'repair';
      readonly turn: Extract<Turn, { kind: 'repair' }>;
      readonly reason: OutcomeReason;
      readonly decisions: readonly Decision[];
    }
  | { readonly kind: 'read'; readonly answer: readonly ModelContent[] }
  | { readonly kind: 'waiting' };

export function failed(
  disposition: Extract<Thought, { ok: false }>['disposition'],
  reason: OutcomeReason,
  decisions: readonly Decision[] = [],
): Extract<Thought, { ok: false }> {
  return { ok: false, disposition, reason, decisions };
}
