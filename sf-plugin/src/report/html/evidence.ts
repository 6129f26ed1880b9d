import type { Hop } from '@agent-readiness/protocol';
import type { FormatContext } from '../reportFormat.ts';
import type { EffectView } from './view.ts';

/** A line of source: its number and its text. */
export type QuotedLine = readonly [line: number, text: string];

/** Positions in the lists of `Evidence`; `quote` is -1 where there is no source to show. */
export type PackedHop = readonly [file: number, line: number, column: number, label: number, quote: number];

/**
 * The paths of all effects as the page carries them: what repeats is there once. Path n is that of
 * effect n + 1, a list of positions in `hops`.
 */
export interface Evidence {
  readonly files: readonly string[];
  readonly labels: readonly string[];
  readonly quotes: readonly (readonly QuotedLine[])[];
  readonly hops: readonly PackedHop[];
  readonly paths: readonly (readonly number[])[];
  /** Effects whose paths or excerpts did not fit. */
  readonly withoutPath: number;
  readonly withoutQuotes: number;
}

/** The paths, worst effect first, with their source as far as `maxBytes` reaches; without paths beyond it. */
export function packEvidence(
  effects: readonly EffectView[],
  quote: FormatContext['quote'],
  maxBytes: number,
): Evidence {
  const files = interned((file: string) => file);
  const labels = interned((label: string) => label);
  const quotes = interned((lines: readonly QuotedLine[]) => JSON.stringify(lines));
  const hops = interned((hop: PackedHop) => hop.join());
  const used = (): number => files.bytes() + labels.bytes() + quotes.bytes() + hops.bytes();
  // Excerpts may take three quarters: a path without its lines still says where to look.
  const quotesUntil = maxBytes * 0.75;
  let pathBytes = 0;
  let withoutPath = 0;
  let withoutQuotes = 0;
  const paths = effects.map(({ effect: { path } }) => {
    const size = used() + pathBytes;
    if (size > maxBytes) {
      withoutPath += 1;
      return [];
    }
    const quoted = size <= quotesUntil;
    if (!quoted) withoutQuotes += 1;
    const packed = path.map((hop) => hops.add(pack(hop, quoted)));
    pathBytes += packed.length * 6;
    return packed;
  });
  return {
    files: files.values,
    labels: labels.values,
    quotes: quotes.values,
    hops: hops.values,
    paths,
    withoutPath,
    withoutQuotes,
  };

  function pack({ label, ...place }: Hop, quoted: boolean): PackedHop {
    const lines = quoted ? quote(place).map(({ line, text }): QuotedLine => [line, text]) : [];
    const { file, line, column } = place;
    return [files.add(file), line, column, labels.add(label), lines.length > 0 ? quotes.add(lines) : -1];
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
