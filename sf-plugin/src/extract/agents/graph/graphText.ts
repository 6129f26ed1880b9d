import type { Place } from '@agent-readiness/protocol';
import { LineIndex } from '../../text/lineIndex.ts';
import { UnreadableError } from '../../unreadable.ts';

/** The JSON of a compiled agent, and where each of its characters is in the file. */
export interface GraphText {
  readonly text: string;
  /** @param offset in `text`, in UTF-16 units */
  readonly placeAt: (offset: number) => Place;
}

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * Retrieved files are base64 of JSON; a place is then the group of four characters that holds the
 * first byte. Plain JSON is read as it is.
 *
 * @throws UnreadableError when the text is neither
 */
export function readGraphText(file: string, raw: string): GraphText {
  const lines = new LineIndex(file, raw);
  const trimmed = raw.trimStart();
  if (trimmed.startsWith('{')) return { text: raw, placeAt: (offset) => lines.place(offset) };
  const compact = raw.replace(/\s+/g, '');
  const start = lines.place(raw.length - trimmed.length);
  if (compact === '' || !base64.test(compact)) throw new UnreadableError(start, 'neither base64 nor JSON');
  const text = decodeUtf8(Buffer.from(compact, 'base64'), start);
  const bytes = byteOffsets(text);
  const characters = characterOffsets(raw);
  return {
    text,
    placeAt: (offset) => lines.place(characters[Math.floor((bytes[offset] ?? 0) / 3) * 4] ?? raw.length),
  };
}

function decodeUtf8(bytes: Uint8Array, place: Place): string {
  try {
    // A byte order mark stays, so that offsets count every byte; the JSON parser then refuses it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UnreadableError(place, 'the decoded text is not UTF-8');
  }
}

/** For each UTF-16 offset of a text the offset of its character in UTF-8. */
function byteOffsets(text: string): Uint32Array {
  const offsets = new Uint32Array(text.length + 1);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    offsets[i] = at;
    const unit = text.charCodeAt(i);
    const isSurrogate = unit >= 0xd800 && unit <= 0xdfff;
    at += unit < 0x80 ? 1 : unit < 0x800 || isSurrogate ? 2 : 3;
  }
  offsets[text.length] = at;
  return offsets;
}

/** For each character that is not white space its offset in the raw text. */
function characterOffsets(raw: string): Uint32Array {
  const offsets = new Uint32Array(raw.length);
  let count = 0;
  for (let i = 0; i < raw.length; i++) if (!/\s/.test(raw.charAt(i))) offsets[count++] = i;
  return offsets.subarray(0, count);
}
