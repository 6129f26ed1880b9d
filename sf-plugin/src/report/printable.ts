/**
 * The same value with every string made safe to print: names and labels come from other people's
 * metadata, and a terminal or a pull request acts on control characters and reordered text.
 */
export function printable<T>(value: T): T {
  return map(value) as T;
}

function map(value: unknown): unknown {
  if (typeof value === 'string') return printableText(value);
  if (Array.isArray(value)) return value.map(map);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, map(inner)]));
  }
  return value;
}

/** Longer than any path or message; a name beyond it is an attempt to flood the report. */
const maxLength = 2_000;

/** White space becomes a single space; control, format and unpaired characters become `\u{…}`. */
export function printableText(text: string): string {
  return withoutControls(text.slice(0, maxLength).replace(/\s+/gu, ' '));
}

/** Like `printableText`, for a line of source: its indentation stays, a tab is two spaces. */
export function printableCode(line: string): string {
  return withoutControls(line.slice(0, maxLength).replaceAll('\t', '  ').trimEnd());
}

/** What a build server obeys when it stands in a log: `::error::` of GitHub, `##[…]` and `##vso[…]` of Azure. */
const buildCommand = /(?<=:):(?=[a-z])|(?<=#)#(?=\[|vso\[)/giu;

function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escaped).replace(buildCommand, escaped);
}

function escaped(char: string): string {
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}
