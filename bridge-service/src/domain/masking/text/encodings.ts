import type { Span } from './span.ts';
import { MappedTextBuilder, type MappedText } from './mappedText.ts';

/** A percent-encoded byte run, a JSON or JavaScript escape, an HTML character reference. */
const escapes =
  /(?:%[0-9A-Fa-f]{2}){1,2000}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|&#(?:\d{1,7}|[xX][0-9A-Fa-f]{1,6});|&(?:amp|lt|gt|quot|apos|commat|period|nbsp);/g;

const namedReferences: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&commat;': '@',
  '&period;': '.',
  '&nbsp;': ' ',
};

/** Undoes escapes that stand inside running text; undefined if there are none. */
export function withoutEscapes(text: string): MappedText | undefined {
  const builder = new MappedTextBuilder();
  let position = 0;
  for (const match of text.matchAll(escapes)) {
    builder.append(text.slice(position, match.index), position, match.index);
    appendDecoded(builder, match[0], match.index);
    position = match.index + match[0].length;
  }
  if (position === 0) return undefined;
  builder.append(text.slice(position), position, text.length);
  return builder.build();
}

function appendDecoded(builder: MappedTextBuilder, escape: string, start: number): void {
  if (!escape.startsWith('%')) {
    builder.append(decodeOne(escape), start, start + escape.length);
    return;
  }
  // One character of UTF-8 at a time, so that the offsets stay exact; bytes that are no UTF-8 stay as they are.
  for (let index = 0; index < escape.length;) {
    const length = 3 * utf8Length(Number.parseInt(escape.slice(index + 1, index + 3), 16));
    const piece = escape.slice(index, index + length);
    builder.append(decodePercent(piece), start + index, start + index + piece.length);
    index += length;
  }
}

function utf8Length(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

function decodePercent(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}

function decodeOne(escape: string): string {
  if (escape.startsWith('\\')) return String.fromCharCode(Number.parseInt(escape.slice(2), 16));
  const named = namedReferences[escape];
  if (named !== undefined) return named;
  const digits = escape.slice(2, -1);
  const code = /^[xX]/.test(digits) ? Number.parseInt(digits.slice(1), 16) : Number(digits);
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : escape;
}

/** A stretch that decodes to readable text. */
export interface EncodedRun extends Span {
  readonly decoded: string;
}

/** Shorter runs are words far more often than encodings. */
const minRun = 12;

/** Base64 (standard and URL-safe) and hexadecimal stretches of a text that decode to readable text. */
export function encodedRuns(text: string): readonly EncodedRun[] {
  const runs: EncodedRun[] = [];
  for (const match of text.matchAll(/(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{12,}={0,2}/g)) {
    const run = match[0];
    const decoded = fromHex(run) ?? fromBase64(run);
    if (decoded !== undefined && isReadable(decoded)) {
      runs.push({ start: match.index, end: match.index + run.length, decoded });
    }
  }
  return runs;
}

function fromHex(run: string): string | undefined {
  if (run.length % 2 !== 0 || !/^[0-9a-fA-F]+$/.test(run)) return undefined;
  return fromBytes(
    Uint8Array.from({ length: run.length / 2 }, (_, at) => Number.parseInt(run.slice(2 * at, 2 * at + 2), 16)),
  );
}

function fromBase64(run: string): string | undefined {
  const digits = run.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  // One digit beyond whole groups is no byte.
  if (digits.length % 4 === 1) return undefined;
  return fromBytes(Uint8Array.from(atob(digits), (character) => character.charCodeAt(0)));
}

const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');
const replacement = '\ufffd';

/** Nearly all runs are words and decode to noise, so noise is told without an exception, which costs most. */
function fromBytes(bytes: Uint8Array): string | undefined {
  const text = lenient.decode(bytes);
  if (!text.includes(replacement)) return text;
  try {
    // Somebody may have written the character itself: its first byte is seldom in noise.
    return bytes.includes(0xef) ? strict.decode(bytes) : undefined;
  } catch {
    return undefined;
  }
}

/** Random bytes are seldom valid UTF-8, and hardly ever without control characters. */
function isReadable(decoded: string): boolean {
  return decoded.length >= minRun / 2 && !/[^\P{C}\n\r\t]/u.test(decoded);
}
