import type { Detection } from '../detection.ts';
import type { EntityType } from '../entityTypes.ts';

interface Numbered {
  readonly type: EntityType;
  readonly identity: string;
}

/** Fewer digits are found in too many other numbers. */
const minDigits = 5;
/** From here on a number is so long that a hit inside a longer run of digits is no accident. */
const certainDigits = 9;

/** Digits of values that are mostly digits, found whatever separates or surrounds them: `+1 (234) 817-8325` in `2348178325`. */
export class DigitIndex {
  readonly #byLength = new Map<number, Map<string, Numbered>>();

  add(type: EntityType, value: string, identity: string): void {
    const digits = value.replace(/\D/g, '');
    const letters = value.match(/\p{L}/gu)?.length ?? 0;
    if (digits.length < minDigits || letters > 2) return;
    this.#put(digits, { type, identity });
    // A phone number appears with and without its country code or trunk prefix.
    if (type === 'PHONE' && digits.length > 10) this.#put(digits.slice(-10), { type, identity });
    if (type === 'PHONE' && digits.length > 9) this.#put(digits.slice(-9), { type, identity });
  }

  find(text: string): readonly Detection[] {
    if (this.#byLength.size === 0) return [];
    return Array.from(text.matchAll(/(?:\+ ?)?\(?\d(?:[ .,()/\u00b7_-]{0,3}\d)*/g)).flatMap((run) =>
      this.#findInRun(run[0], run.index),
    );
  }

  #put(digits: string, numbered: Numbered): void {
    const sameLength = this.#byLength.get(digits.length) ?? new Map<string, Numbered>();
    this.#byLength.set(digits.length, sameLength);
    if (!sameLength.has(digits)) sameLength.set(digits, numbered);
  }

  #findInRun(run: string, offset: number): readonly Detection[] {
    const positions = Array.from(run.matchAll(/\d/g), ({ index }) => index);
    const digits = run.replace(/\D/g, '');
    const found: Detection[] = [];
    for (const [length, values] of this.#byLength) {
      for (let from = 0; from + length <= digits.length; from++) {
        const numbered = values.get(digits.slice(from, from + length));
        const [first, last] = [positions[from], positions[from + length - 1]];
        if (!numbered || first === undefined || last === undefined) continue;
        const isWhole = !/\d/.test(run.charAt(first - 1)) && !/\d/.test(run.charAt(last + 1));
        if (!isWhole && length < certainDigits) continue;
        // A run begins with the plus sign and the bracket that belong to its first digit.
        const start = from === 0 ? 0 : first;
        found.push({ start: offset + start, end: offset + last + 1, certainty: 'record', ...numbered });
      }
    }
    return found;
  }
}
