import type { Hop } from '@agent-readiness/protocol';
import { cut, cutPath, widthOf, wrap } from '../text/layout.ts';
import type { Style } from '../text/style.ts';
import { count } from '../words.ts';
import type { ExplainedEffect, ExplainedHop, SourceLine } from './explanation.ts';

/** Where labels, places and source begin. */
const indent = 6;

/**
 * The path of an effect hop by hop, with its source. Hops that it shares with an effect shown before
 * are not told again.
 */
export function pathLines(
  { path, otherPaths }: ExplainedEffect,
  earlier: readonly ExplainedEffect[],
  style: Style,
): string[] {
  const [from, shared] = mostShared(path, earlier);
  return [
    ...(shared > 0 ? ['', style.dim(`  ${shared === 1 ? '1' : `1-${shared}`} as in ${from} above`)] : []),
    ...path.flatMap((hop, index) => (index < shared ? [] : hopLines(hop, index + 1, path[index - 1], style))),
    ...(otherPaths > 0
      ? ['', style.dim(`  + ${count(otherPaths, 'other path')}; this is the shortest of the surest`)]
      : []),
  ];
}

/** The number of the first effect with the longest common beginning, and its length. */
function mostShared(path: readonly Hop[], earlier: readonly ExplainedEffect[]): readonly [number, number] {
  let [from, longest] = [0, 0];
  for (const [index, other] of earlier.entries()) {
    const differs = path.findIndex((hop, at) => !isSameHop(hop, other.path[at]));
    // The last hop is the effect itself: it is always shown.
    const shared = Math.min(differs === -1 ? path.length : differs, path.length - 1);
    if (shared > longest) [from, longest] = [index + 1, shared];
  }
  return [from, longest];
}

function isSameHop(a: Hop, b: Hop | undefined): boolean {
  return a.file === b?.file && a.line === b.line && a.column === b.column && a.label === b.label;
}

function hopLines(hop: ExplainedHop, number: number, previous: Hop | undefined, style: Style): string[] {
  const { symbols, width, cutPaths } = style;
  const room = width - indent;
  const label = wrap(hop.label, room).map(
    (line, index) => `${String(index === 0 ? number : '').padStart(indent - 2)}  ${line}`,
  );
  // What follows from a line without being written anywhere stands on that line too.
  if (previous?.file === hop.file && previous.line === hop.line) return label;
  const place = `${hop.file}:${hop.line}`;
  const shown = cutPaths ? cutPath(place, room, symbols.ellipsis) : place;
  return ['', ...label, `${' '.repeat(indent)}${style.dim(shown)}`, ...sourceLines(hop, style)];
}

function sourceLines({ source, line, column }: ExplainedHop, style: Style): string[] {
  const { ellipsis } = style.symbols;
  const numberWidth = Math.max(...source.map((each) => String(each.line).length));
  const room = style.width - indent - numberWidth - 5;
  const texts = source.map(({ text }) => text);
  const margin = commonIndent(texts);
  return source.map((each) => {
    const isMarked = each.line === line;
    const text = fit(each, isMarked ? column : 1, margin, room, ellipsis);
    const shown = `${isMarked ? '>' : ' '} ${String(each.line).padStart(numberWidth)} | ${text}`;
    return `${' '.repeat(indent)}${isMarked ? shown : style.dim(shown)}`.trimEnd();
  });
}

/** Cuts a line so that the column stays in sight. */
function fit({ text, column }: SourceLine, wanted: number, margin: number, room: number, ellipsis: string): string {
  const at = wanted - column;
  const isCutBefore = column > 1 || at - margin > room - 20;
  const start = isCutBefore ? Math.max(0, at - 20) : margin;
  const head = isCutBefore ? ellipsis : '';
  // A character of two units is shown whole or not at all.
  const shown = text.slice(start).replace(/^[\udc00-\udfff]/, '');
  return head + cut(shown, room - widthOf(head), ellipsis);
}

function commonIndent(texts: readonly string[]): number {
  return Math.min(...texts.filter((text) => text !== '').map((text) => text.length - text.trimStart().length));
}
