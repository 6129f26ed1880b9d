import { entityTypes, type EntityType } from './entityTypes.ts';
import type { Span } from './text/span.ts';

/**
 * How sure a detection is, surest first: `literal` is text that looks like a token, `record` a value that the
 * org named, `checked` a pattern with a checksum or an unmistakable form, `pattern` a form with a cue, `name` a
 * guess.
 */
export const certainties = ['literal', 'record', 'checked', 'pattern', 'name'] as const;
export type Certainty = (typeof certainties)[number];

/** Something to mask. `identity` names what it is a form of, when that is not the text itself. */
export interface Detection extends Span {
  readonly type: EntityType;
  readonly certainty: Certainty;
  readonly identity?: string;
}

/**
 * Makes detections disjoint. The longest wins, then the surest, then the first, then the
 * type that is listed later. What loses keeps the characters
 * that nothing else covers: no character that was detected is left readable.
 */
export function disjoint(detections: readonly Detection[]): readonly Detection[] {
  const ranked = [...detections].sort(
    (a, b) =>
      b.end - b.start - (a.end - a.start) ||
      certainties.indexOf(a.certainty) - certainties.indexOf(b.certainty) ||
      a.start - b.start ||
      entityTypes.indexOf(b.type) - entityTypes.indexOf(a.type),
  );
  // Which detection owns each character: the first of the ranking that covers it.
  const owners = new Int32Array(ranked.reduce((length, { end }) => Math.max(length, end), 0)).fill(-1);
  for (const [index, { start, end }] of ranked.entries()) {
    for (let at = start; at < end; at++) if (owners[at] === -1) owners[at] = index;
  }
  return runsOf(owners).flatMap(({ owner, start, end }) => {
    const detection = ranked[owner];
    if (!detection) return [];
    const whole = start === detection.start && end === detection.end;
    return [whole ? detection : { start, end, type: detection.type, certainty: detection.certainty }];
  });
}

function runsOf(owners: Int32Array): readonly (Span & { readonly owner: number })[] {
  const runs: (Span & { readonly owner: number })[] = [];
  for (let start = 0; start < owners.length;) {
    const owner = owners[start] ?? -1;
    let end = start + 1;
    while (end < owners.length && owners[end] === owner) end++;
    runs.push({ owner, start, end });
    start = end;
  }
  return runs;
}
