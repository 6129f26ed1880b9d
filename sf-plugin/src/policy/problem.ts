import type { Place } from '@agent-readiness/protocol';

/** Something wrong with a file that people wrote, in one sentence. */
export interface Problem {
  readonly place: Place;
  readonly message: string;
}

/** `readiness.config.yaml:12:5 …`, by position. */
export function problemLines(problems: readonly Problem[]): string[] {
  return problems
    .toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column)
    .map(({ place, message }) => `${place.file}:${place.line}:${place.column} ${message}`);
}
