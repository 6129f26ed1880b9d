import type { Place } from '@agent-readiness/protocol';

/** A place within one file as a single number, line × 100,000 + column, to keep summaries small. */
export type Position = number;

const columns = 100_000;

export function positionOf({ line, column }: Place): Position {
  return line * columns + Math.min(column, columns - 1);
}

export function placeAt(file: string, position: Position): Place {
  return { file, line: Math.floor(position / columns), column: position % columns };
}
