import type { JsonObject, JsonValue } from '../json.ts';

/** One string of a value, property names included, and where it stands. */
export interface TextPart {
  readonly path: string;
  readonly text: string;
}

/** What a guardrail looks at. `parts` are the strings of the input at the stage `in`, of the output at `out`. */
export interface GuardInput {
  readonly stage: 'in' | 'out';
  readonly parts: readonly TextPart[];
  /** The strings of the input, at either stage. */
  readonly sources: readonly TextPart[];
  readonly output: JsonValue | undefined;
  readonly outputSchema: JsonObject;
}

/** Something seen: `kind` is a stable word of the guardrail, `path` a place. Neither ever holds content. */
export interface Sighting {
  readonly kind: string;
  readonly path: string;
}

/** One check. Pure; a throw means that it could not check, which blocks. */
export interface Guardrail {
  readonly id: string;
  readonly stages: readonly ('in' | 'out')[];
  readonly inspect: (input: GuardInput) => readonly Sighting[];
}

/** Sightings of a test that looks at one text at a time. */
export function inEachPart(look: (text: string) => Iterable<string>): Guardrail['inspect'] {
  return ({ parts }) =>
    parts.flatMap(({ path, text }) => Array.from(new Set(look(text)), (kind) => ({ kind, path })).sort(byKind));
}

function byKind(a: Sighting, b: Sighting): number {
  return a.kind < b.kind ? -1 : 1;
}

/** Every string and property name of a value. Names that are no identifiers may be data: they show as `*` in paths. */
export function partsOf(value: JsonValue | undefined, path = ''): readonly TextPart[] {
  if (typeof value === 'string') return [{ path: path || '/', text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]: [string, JsonValue]) => {
    const below = `${path}/${/^\w{1,40}$/.test(name) ? name : '*'}`;
    const ownName = Array.isArray(value) ? [] : [{ path: below, text: name }];
    return [...ownName, ...partsOf(member, below)];
  });
}
