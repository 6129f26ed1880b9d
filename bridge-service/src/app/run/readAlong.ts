import type { JsonValue } from '../../domain/json.ts';
import { StreamedText } from '../../domain/streaming/streamedText.ts';
import type { RecordedRead } from '../content.ts';
import type { Asking, Thinking } from './asking.ts';
import type { Run } from './run.ts';

/** The text of one question for whoever waits; undefined when nobody does, or the task shows none. */
export function readAlong(
  run: Run,
  { task, masker, input, onText }: Thinking,
  { seen }: Asking,
  question: number,
): StreamedText | undefined {
  const { stream } = task.definition;
  if (stream === undefined || onText === undefined) return undefined;
  const { bridge } = run;
  const show = (text: string): void => {
    run.firstShownMs ??= bridge.clock.nowMs();
    onText({ question, text });
  };
  const sources = sourcesOf(input, seen);
  return new StreamedText({ task, masker, runGuardrails: bridge.runGuardrails, sources, show }, stream.output.slice(1));
}

/** What values and quotes of an answer may come from. */
export function sourcesOf(input: JsonValue, seen: readonly RecordedRead[]): JsonValue {
  return { input, reads: seen.map(({ records }) => records.map(({ fields }) => fields)) };
}
