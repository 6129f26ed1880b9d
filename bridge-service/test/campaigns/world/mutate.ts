import type { Seeded } from './seeded.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const pieces: readonly string[] = [
  '\u0000',
  '\ud800',
  '\u202e',
  '\ufeff',
  '"',
  '\\',
  '{',
  '[',
  ']',
  '}',
  ',',
  '.',
  '..',
  '/',
  '%00',
  '%2e%2e%2f',
  '\r\n',
  '\n\n',
  'null',
  '-1',
  '1e999',
  '9007199254740993',
  'true',
  '__proto__',
  'constructor',
  "' or 1=1 --",
  '${7*7}',
  '<script>',
  'A'.repeat(5_000),
  '['.repeat(2_000),
  '{"a":'.repeat(500),
];
const values: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  2 ** 60,
  '',
  ' ',
  '\u0000',
  '\ud800',
  'x',
  'https://example.com',
  [],
  {},
  [[]],
  { __proto__: null, a: 1 },
  'A'.repeat(20_000),
  Array.from({ length: 500 }, () => 'x'),
];

/** Damages a text in one to three places. */
export function mutateText(text: string, seeded: Seeded): string {
  let damaged = text;
  for (let left = 1 + seeded.below(3); left > 0; left -= 1) {
    const at = seeded.below(damaged.length + 1);
    const end = Math.min(damaged.length, at + seeded.below(20));
    const way = seeded.below(5);
    const middle =
      way === 0
        ? ''
        : way === 1
          ? seeded.pick(pieces)
          : way === 2
            ? damaged.slice(at, end).repeat(2)
            : way === 3
              ? String.fromCharCode(seeded.below(65_536))
              : damaged.slice(seeded.below(damaged.length + 1)).slice(0, 40);
    damaged = damaged.slice(0, at) + middle + damaged.slice(way === 3 ? at : end);
  }
  return damaged;
}

/** Replaces, removes or adds one value somewhere in a JSON value. */
export function mutateJson(value: unknown, seeded: Seeded): Json {
  const copy = JSON.parse(JSON.stringify(value)) as Json;
  const places = placesOf(copy);
  if (places.length === 0) return seeded.pick(values);
  const { parent, name } = seeded.pick(places);
  const way = seeded.below(4);
  const old = parent[name] ?? null;
  if (way === 0) Reflect.deleteProperty(parent, name);
  else if (way === 1 && typeof old === 'string') parent[name] = mutateText(old, seeded);
  else if (way === 2) parent[`${name}_`] = seeded.pick(values);
  else parent[name] = seeded.pick(values);
  return copy;
}

interface Place {
  readonly parent: Record<string, Json>;
  readonly name: string;
}

function placesOf(value: Json): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Record<string, Json>;
  return Object.keys(parent).flatMap((name) => [{ parent, name }, ...placesOf(parent[name] ?? null)]);
}
