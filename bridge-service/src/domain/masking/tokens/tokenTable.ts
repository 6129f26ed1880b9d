import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EntityType } from '../entityTypes.ts';
import { entityTypeSchema } from '../entityTypes.ts';
import { comparable } from '../text/normalise.ts';
import { suffixDigits } from './tokenFormat.ts';

/** A token's body and the value it stands for, exactly as it was written. */
export interface TokenEntry {
  readonly token: string;
  readonly type: EntityType;
  readonly value: string;
}

/** What a value is a form of: same type and identity, same suffix. */
export function identityOf(value: string): string {
  const text = comparable(value);
  const words = text.match(/[\p{L}\p{N}]+/gu)?.join(' ') ?? text;
  return /^[\d ]+$/.test(words) ? words.replaceAll(' ', '') : words;
}

/**
 * The tokens of one conversation. A value has one token; values that differ in spelling only, and parts of a
 * known name, share its suffix and are told apart by a form number, so that a model sees one person and every
 * value comes back letter by letter. The suffix is an HMAC under the conversation's key: nobody without the key
 * can guess it, and two conversations never share it.
 */
export class TokenTable {
  readonly #key: Uint8Array;
  readonly #bodies = new Map<string, string>();
  readonly #entries = new Map<string, TokenEntry>();
  /** `TYPE_SUFFIX` → the identity it was given to, and how many forms it has. */
  readonly #families = new Map<string, { readonly identity: string; forms: number }>();

  /**
   * @param key 32 bytes, of this conversation only
   * @param known entries minted before, see {@link entries}
   * @throws Error if an entry is not one that this class minted
   */
  constructor(key: Uint8Array, known: readonly { token: string; type: string; value: string }[]) {
    if (key.length !== 32) throw new Error('a conversation key has 32 bytes');
    // The same key seals the vault; tokens get one of their own.
    this.#key = hkdf(sha256, key, undefined, utf8ToBytes('masking tokens'), 32);
    for (const { token, type, value } of known) this.#restore({ token, type: entityTypeSchema.parse(type), value });
  }

  /** The body of a value's token; minted at first sight. */
  tokenFor(type: EntityType, value: string, identity: string = identityOf(value)): string {
    const known = this.#bodies.get(surface(type, value));
    if (known !== undefined) return known;
    const family = this.#familyOf(type, identity);
    const forms = (this.#families.get(family)?.forms ?? 0) + 1;
    this.#families.set(family, { identity: this.#families.get(family)?.identity ?? identity, forms });
    const token = forms === 1 ? family : `${family}_${forms}`;
    this.#add({ token, type, value });
    return token;
  }

  find(body: string): TokenEntry | undefined {
    return this.#entries.get(body);
  }

  /** The value that a bare type can only mean: the first form of the only one of this type. */
  only(type: EntityType): TokenEntry | undefined {
    const families = Array.from(this.#families.keys()).filter((family) => typeOf(family) === type);
    return families.length === 1 && families[0] !== undefined ? this.#entries.get(families[0]) : undefined;
  }

  /** In the order of minting. */
  entries(): readonly TokenEntry[] {
    return Array.from(this.#entries.values());
  }

  #familyOf(type: EntityType, identity: string): string {
    const digest = bytesToHex(hmac(sha256, this.#key, utf8ToBytes(`${type}\u0000${identity}`))).toUpperCase();
    for (let digits: number = suffixDigits.min; digits <= suffixDigits.max; digits++) {
      const family = `${type}_${digest.slice(0, digits)}`;
      const owner = this.#families.get(family);
      if (!owner || isSameIdentity(owner.identity, identity)) return family;
    }
    throw new Error('no free token suffix');
  }

  #restore(entry: TokenEntry): void {
    const match = /^([A-Z_]+_[0-9A-F]+?)(?:_(\d{1,3}))?$/.exec(entry.token);
    const family = match?.[1];
    if (family === undefined || typeOf(family) !== entry.type) throw new Error('not a token of this type');
    const before = this.#families.get(family);
    const forms = Math.max(before?.forms ?? 0, Number(match?.[2] ?? 1));
    this.#families.set(family, { identity: longer(before?.identity, identityOf(entry.value)), forms });
    this.#add(entry);
  }

  #add(entry: TokenEntry): void {
    this.#bodies.set(surface(entry.type, entry.value), entry.token);
    this.#entries.set(entry.token, entry);
  }
}

function surface(type: EntityType, value: string): string {
  return `${type}\u0000${value}`;
}

function typeOf(family: string): string {
  return family.slice(0, family.lastIndexOf('_'));
}

/** After a restart only the written forms are known: "lopez" may be all that is left of "maria lopez". */
function isSameIdentity(a: string, b: string): boolean {
  if (a === b) return true;
  const [words, others] = [a.split(' '), b.split(' ')];
  return words.every((word) => others.includes(word)) || others.every((word) => words.includes(word));
}

function longer(a: string | undefined, b: string): string {
  return a !== undefined && a.length >= b.length ? a : b;
}
