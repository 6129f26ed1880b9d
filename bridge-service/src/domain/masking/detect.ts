import { disjoint, type Detection } from './detection.ts';
import type { NameDetector } from './names/nameDetector.ts';
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

/**
 * Applies a finder to a text as a reader sees it: normalised, with escapes undone, and inside base64 and
 * hexadecimal runs, which are detections as a whole. Spans refer to the given text; they may overlap.
 */
export function findInText(text: string, find: Finder, depth = maxEncodings): readonly Detection[] {
  const direct = viewsOf(text).flatMap((view) =>
    find(view.text).map((detection): Detection => ({ ...detection, ...view.original(detection) })),
  );
  if (depth === 0) return direct;
  const encoded = encodedRuns(text)
    .filter(({ decoded }) => findInText(decoded, find, depth - 1).length > 0)
    .map(({ start, end }): Detection => ({ start, end, type: 'ENCODED', certainty: 'checked' }));
  return [...direct, ...encoded];
}

function viewsOf(text: string): readonly MappedText[] {
  const unescaped = withoutEscapes(text);
  return [normalise(text), ...(unescaped ? [compose(unescaped, normalise(unescaped.text))] : [])];
}

/** The finder of patterns and names: what needs no knowledge of the conversation. */
export function contentFinder(names: NameDetector): Finder {
  return (text) => {
    const protects = protectedSpans(text);
    const found = [...patterns.flatMap((pattern) => Array.from(pattern(text))), ...names.find(text)];
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
  patterns.flatMap((pattern) => Array.from(pattern(text)).filter(({ certainty }) => certainty === 'checked'));

/** Detections that hold at least one letter or digit, disjoint, by start. */
export function readable(text: string, detections: readonly Detection[]): readonly Detection[] {
  return disjoint(detections).filter(({ start, end }) => /[\p{L}\p{N}]/u.test(text.slice(start, end)));
}
