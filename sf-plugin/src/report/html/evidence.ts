import type { Place } from '@agent-readiness/protocol';
import type { FormatContext } from '../reportFormat.ts';
import type { EffectView } from './view.ts';

/** Positions in `files` and `labels`. */
export type PackedHop = readonly [file: number, line: number, column: number, label: number];

/**
 * The paths of all effects as the page carries them: what repeats is there once. Path n is that of
 * effect n + 1, a list of positions in `hops`. `lines` are the source around the hops, by position of the
 * file and by number.
 */
export interface Evidence {
  readonly files: readonly string[];
  readonly labels: readonly string[];
  readonly lines: readonly Readonly<Record<number, string>>[];
  readonly hops: readonly PackedHop[];
  readonly paths: readonly (readonly number[])[];
  /** Effects whose paths or excerpts did not fit. */
  readonly withoutPath: number;
  readonly withoutLines: number;
}

/** The paths, worst effect first, with their source as far as `maxBytes` reaches; without paths beyond it. */
export function packEvidence(
  effects: readonly EffectView[],
  quote: FormatContext['quote'],
  maxBytes: number,
): Evidence {
  const files = interned((file: string) => file);
  const labels = interned((label: string) => label);
  const hops = interned((hop: PackedHop) => hop.join());
  const lines: Record<number, string>[] = [];
  // Excerpts may take three quarters: a path without its lines still says where to look.
  const linesUntil = maxBytes * 0.75;
  let bytes = 0;
  let withoutPath = 0;
  let withoutLines = 0;
  const paths = effects.map(({ effect: { path } }) => {
    const size = bytes + files.bytes() + labels.bytes() + hops.bytes();
    if (size > maxBytes) {
      withoutPath += 1;
      return [];
    }
    if (size > linesUntil) withoutLines += 1;
    else for (const hop of path) addLines(hop);
    bytes += path.length * 6;
    return path.map(({ file, line, column, label }) => hops.add([files.add(file), line, column, labels.add(label)]));
  });
  const packed = { files: files.values, labels: labels.values, hops: hops.values, paths };
  return { ...packed, lines: files.values.map((_, index) => lines[index] ?? {}), withoutPath, withoutLines };

  function addLines(place: Place): void {
    const known = (lines[files.add(place.file)] ??= {});
    for (const { line, text } of quote(place)) {
      if (known[line] !== undefined) continue;
      known[line] = text;
      bytes += Buffer.byteLength(JSON.stringify(text)) + String(line).length + 4;
    }
  }
}

interface Interned<T> {
  readonly values: readonly T[];
  add(value: T): number;
  /** How much JSON the values take, at least. */
  bytes(): number;
}

function interned<T>(keyOf: (value: T) => string): Interned<T> {
  const positions = new Map<string, number>();
  const values: T[] = [];
  let bytes = 0;
  return {
    values,
    add(value) {
      const key = keyOf(value);
      const known = positions.get(key);
      if (known !== undefined) return known;
      bytes += Buffer.byteLength(JSON.stringify(value)) + 1;
      positions.set(key, values.length);
      values.push(value);
      return values.length - 1;
    },
    bytes: () => bytes,
  };
}
