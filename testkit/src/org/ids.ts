const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Pod and reserved characters of every id: where a real org says which instance made it. */
const instance = 'Fk0';

/** Whether a text has the shape of a record id: 15 characters, or 18 with a correct checksum. */
export function isId(text: string): boolean {
  if (!/^[a-zA-Z0-9]{15}(?:[A-Z0-5]{3})?$/.test(text)) return false;
  return text.length === 15 || withChecksum(text.slice(0, 15)) === text;
}

/** The 18-character form, which stays unique when letter case is lost. */
export function toId18(id: string): string {
  return id.length === 15 ? withChecksum(id) : id;
}

/** The three last characters say, five bits each, which of the fifteen are capital letters. */
function withChecksum(id15: string): string {
  const checksum = [0, 5, 10].map((start) => {
    const capitals = Array.from(id15.slice(start, start + 5)).map((letter) => /[A-Z]/.test(letter));
    return letters[capitals.reduce((bits, isCapital, at) => bits | (Number(isCapital) << at), 0)];
  });
  return id15 + checksum.join('');
}

/** Record ids in order of creation: the same story gives the same ids. */
export class IdSequence {
  readonly #last = new Map<string, number>();

  /** @param keyPrefix the three characters that name the object: `001` for an Account */
  next(keyPrefix: string): string {
    const count = (this.#last.get(keyPrefix) ?? 0) + 1;
    this.#last.set(keyPrefix, count);
    return withChecksum(keyPrefix + instance + inBase62(count).padStart(9, '0'));
  }
}

/** The key prefix of the n-th object of a kind: `a00`, `a01`, … */
export function keyPrefix(kind: string, index: number): string {
  return kind + inBase62(index).padStart(2, '0');
}

function inBase62(value: number): string {
  const digit = base62[value % 62] ?? '';
  return value < 62 ? digit : inBase62(Math.floor(value / 62)) + digit;
}
