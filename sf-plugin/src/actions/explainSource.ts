import type { Place } from '@agent-readiness/protocol';
import type { SourceReader } from '../extract/project/sourceReader.ts';
import { UnreadableError } from '../extract/unreadable.ts';
import type { SourceLine } from '../report/explain/explanation.ts';
import { maskSecrets } from '../report/explain/maskSecrets.ts';
import { printableCode } from '../report/printable.ts';

/** Of a longer line, such as a whole file without line breaks, the part at the hop is shown. */
const maxLength = 400;
/** How much of a long line stands before the column of the hop. */
const before = 100;
/** Wider than any secret: one that begins or ends outside the part that is shown is masked all the same. */
const margin = 4_000;

/** The source lines of a place, and those around it; reads each file once. */
export function createSourceQuoter(reader: SourceReader): (place: Place) => SourceLine[] {
  const files = new Map<string, readonly string[]>();
  return (place) => {
    const lines = files.get(place.file) ?? readLines(reader, place.file);
    files.set(place.file, lines);
    return quote(lines, place);
  };
}

function readLines(reader: SourceReader, file: string): readonly string[] {
  try {
    return reader.read(file)?.split(/\r?\n/) ?? [];
  } catch (error) {
    // The path holds without its lines; that the file cannot be read stands in the coverage.
    if (error instanceof UnreadableError) return [];
    throw error;
  }
}

/** An XML element says what it is after its tag, a statement is best seen between its neighbours. */
function quote(lines: readonly string[], { file, line, column }: Place): SourceLine[] {
  const first = file.endsWith('.xml') ? line : line - 1;
  return [first, first + 1, first + 2].flatMap((number) => {
    const text = lines[number - 1];
    if (text === undefined || (number !== line && text.trim() === '')) return [];
    return [part(text, number, number === line ? column : 1)];
  });
}

function part(text: string, line: number, column: number): SourceLine {
  const start = text.length > maxLength && column > maxLength - before ? column - 1 - before : 0;
  const from = Math.max(0, start - margin);
  const masked = maskSecrets(text.slice(from, start + maxLength + margin));
  return { line, column: start + 1, text: printableCode(masked.slice(start - from, start - from + maxLength)) };
}
