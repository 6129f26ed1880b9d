/** Characters that take two columns in a terminal: East Asian wide and full-width forms, emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

const narrow = /\p{M}/u;

function charWidth(char: string): number {
  return narrow.test(char) ? 0 : wide.test(char) ? 2 : 1;
}

/** Columns that a text without control characters takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** At most `width` columns of a text, with `ellipsis` where its end was left out. */
export function cut(text: string, width: number, ellipsis: string): string {
  return widthOf(text) <= width ? text : head(text, width - widthOf(ellipsis)) + ellipsis;
}

/** At most `width` columns of a path: its middle is left out first, its file name last. */
export function cutPath(path: string, width: number, ellipsis: string): string {
  if (widthOf(path) <= width) return path;
  const folders = path.split('/');
  const [first = ''] = folders;
  for (let from = 2; from < folders.length; from++) {
    const shorter = [first, ellipsis, ...folders.slice(from)].join('/');
    if (widthOf(shorter) <= width) return shorter;
  }
  const name = `${ellipsis}/${folders.at(-1) ?? ''}`;
  return widthOf(name) <= width ? name : ellipsis + tail(path, width - widthOf(ellipsis));
}

/** Lines of at most `width` columns, broken at spaces; a longer word is broken where it must be. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (widthOf(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (widthOf(line) > width) {
      const part = head(line, width);
      lines.push(part);
      line = line.slice(part.length);
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** Like `wrap`, but breaks between the facts only, each line but the last ending in the separator. */
export function wrapFacts(facts: readonly string[], separator: string, width: number): string[] {
  const last = facts.length - 1;
  const parts = facts.map((fact, index) => (index === last ? fact : `${fact} ${separator}`));
  const lines: string[] = [];
  for (const part of parts) {
    const previous = lines.at(-1);
    const joined = previous === undefined ? part : `${previous} ${part}`;
    if (previous !== undefined && widthOf(joined) <= width) lines.splice(-1, 1, joined);
    else lines.push(...wrap(part, width));
  }
  return lines;
}

/** The first characters that fit; at least one, so that a loop over the rest ends. */
function head(text: string, width: number): string {
  let used = 0;
  let end = 0;
  for (const char of text) {
    used += charWidth(char);
    if (used > width && end > 0) break;
    end += char.length;
  }
  return text.slice(0, end);
}

function tail(text: string, width: number): string {
  let used = 0;
  let start = text.length;
  for (const char of Array.from(text).reverse()) {
    used += charWidth(char);
    if (used > width) break;
    start -= char.length;
  }
  return text.slice(start);
}
