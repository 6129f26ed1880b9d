import { disjoint, type Detection } from './detection.ts';
import type { NameDetector } from './names/nameDetector.ts';
import type { Pattern } from './patterns/pattern.ts';
import { protectedSpans } from './patterns/protected.ts';
import { patterns } from './patterns/registry.ts';
import { encodedRuns, withoutEscapes } from './text/encodings.ts';
import { compose, type MappedText } from './text/mappedText.ts';
import { normalise } from './text/normalise.ts';
import type { Span } from './text/span.ts';

/** Finds values in a normalised text. */
export type Finder = (text: string) => readonly Detection[];

/** An encoding inside an encoding is looked into this often. */
const maxEncodings = 2;

/** A text as a reader sees it, made once for all that is looked for in it. */
export interface Reading {
  /** Normalised; again with escapes undone where there are any. */
  readonly views: readonly MappedText[];
  /** What its base64 and hexadecimal runs say. */
  readonly runs: readonly (Span & { readonly inside: Reading })[];
}

export function read(text: string, depth = maxEncodings): Reading {
  const runs = depth === 0 ? [] : encodedRuns(text);
  return {
    views: viewsOf(text),
    runs: runs.map(({ start, end, decoded }) => ({ start, end, inside: read(decoded, depth - 1) })),
  };
}

/**
 * Applies a finder to every view of a text; a run with something inside is a detection as a whole. Spans refer to the
 * text that was read; they may overlap.
 */
export function findIn({ views, runs }: Reading, find: Finder): readonly Detection[] {
  const direct = views.flatMap((view) =>
    find(view.text).map((detection): Detection => ({ ...detection, ...view.original(detection) })),
  );
  const encoded = runs
    .filter(({ inside }) => findIn(inside, find).length > 0)
    .map(({ start, end }): Detection => ({ start, end, type: 'ENCODED', certainty: 'checked' }));
  return [...direct, ...encoded];
}

/** {@link findIn} for a text that is looked into once. */
export function findInText(text: string, find: Finder): readonly Detection[] {
  return findIn(read(text), find);
}

function viewsOf(text: string): readonly MappedText[] {
  const unescaped = withoutEscapes(text);
  return [normalise(text), ...(unescaped ? [compose(unescaped, normalise(unescaped.text))] : [])];
}

/** The finder of patterns and names: what needs no knowledge of the conversation. */
export function contentFinder(names: NameDetector): Finder {
  return (text) => {
    const found = [...matchesIn(text, patterns), ...names.find(text)];
    if (found.length === 0) return found;
    const protects = protectedSpans(text);
    return found.filter(
      (detection) => detection.certainty === 'checked' || !protects.some((span) => overlaps(span, detection)),
    );
  };
}

function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Patterns with a checksum or an unmistakable form, and nothing that is a guess. */
export const checkedFinder: Finder = (text) =>
  matchesIn(text, checkedPatterns).filter(({ certainty }) => certainty === 'checked');

const checkedPatterns = patterns.filter(({ certainty }) => certainty === undefined || certainty === 'checked');

function matchesIn(text: string, all: readonly Pattern[]): readonly Detection[] {
  const hasDigit = /\d/.test(text);
  const found: Detection[] = [];
  for (const pattern of all) {
    if (!hasDigit && pattern.needsDigit === true) continue;
    for (const match of pattern(text)) found.push(match);
  }
  return found;
}

/** Detections that hold at least one letter or digit, disjoint, by start. */
export function readable(text: string, detections: readonly Detection[]): readonly Detection[] {
  return disjoint(detections).filter(({ start, end }) => /[\p{L}\p{N}]/u.test(text.slice(start, end)));
}
