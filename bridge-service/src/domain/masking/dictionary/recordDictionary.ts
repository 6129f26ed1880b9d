import type { Detection } from '../detection.ts';
import type { EntityType } from '../entityTypes.ts';
import { foldCase } from '../text/normalise.ts';
import type { Span } from '../text/span.ts';
import { identityOf } from '../tokens/tokenTable.ts';
import { DigitIndex } from './digitIndex.ts';
import type { RecordValue } from './recordValues.ts';
import { variantsOf, type Variant } from './variants.ts';
import { wordsOf, type Word } from './words.ts';

interface Entry {
  readonly type: EntityType;
  /** Undefined when several values have this part: it then stands for itself. */
  readonly identity: string | undefined;
  readonly needsCapital: boolean;
}

interface Node {
  readonly next: Map<string, Node>;
  entry?: Entry;
}

interface Match extends Span {
  readonly entry: Entry;
}

/** Longest run of characters between two words of one value. */
const maxGap = 4;

/**
 * The values that a conversation knows to be personal, found in any case, with or without marks, with other
 * separators, in parts and in other orders. Linear in the text: a trie over words, as deep as the longest value.
 */
export class RecordDictionary {
  readonly #root: Node = { next: new Map() };
  readonly #digits = new DigitIndex();
  readonly #known = new Set<string>();
  readonly #squeezed = new Map<string, EntityType>();

  /** @returns whether the value was new */
  add({ type, value }: RecordValue, guessed = false): boolean {
    const key = `${type}\u0000${value}`;
    if (this.#known.has(key)) return false;
    this.#known.add(key);
    const identity = identityOf(value);
    const variants = variantsOf(type, value);
    for (const variant of variants) this.#insert(variant, type, identity, guessed && variants[0]?.words.length === 1);
    const whole = variants[0]?.words ?? [];
    if (whole.length > 1 && whole.join('').length >= 8) this.#squeezed.set(whole.join(''), type);
    this.#digits.add(type, value, identity);
    return true;
  }

  /** Every occurrence in a normalised text, overlaps included. */
  find(text: string): readonly Detection[] {
    const folded = foldCase(text);
    const words = wordsOf(folded.text);
    const found = words.flatMap((_, index) => this.#matchesAt(words, index, folded.text));
    const detections = found.filter(
      ({ start, entry }) =>
        !entry.needsCapital || /^\p{Lu}/u.test(text.slice(folded.original({ start, end: start + 1 }).start)),
    );
    return [
      ...detections.map(({ start, end, entry: { type, identity } }): Detection => ({
        ...folded.original({ start, end }),
        type,
        certainty: 'record',
        ...(identity === undefined ? {} : { identity }),
      })),
      ...this.#digits.find(text),
    ];
  }

  /**
   * Types of values that can still be read when everything but letters and digits is left out, as in
   * `M a r i a  L o p e z`. A second way of looking, for the check of what leaves.
   */
  squeezed(text: string): readonly EntityType[] {
    const words = wordsOf(foldCase(text).text);
    const all = words.map(({ word }) => word).join('');
    const values = Array.from(this.#squeezed).filter(([value]) => all.includes(value));
    if (values.length === 0) return [];
    const starts = new Set<number>();
    const ends = new Set<number>();
    let joined = 0;
    for (const { word } of words) {
      starts.add(joined);
      joined += word.length;
      ends.add(joined);
    }
    return values.flatMap(([value, type]) => {
      for (let at = all.indexOf(value); at !== -1; at = all.indexOf(value, at + 1)) {
        if (starts.has(at) && ends.has(at + value.length)) return [type];
      }
      return [];
    });
  }

  #insert({ words, needsCapital, isPart }: Variant, type: EntityType, identity: string, guessed: boolean): void {
    let node = this.#root;
    for (const word of words) {
      const next: Node = node.next.get(word) ?? { next: new Map() };
      node.next.set(word, next);
      node = next;
    }
    const before = node.entry;
    const shared = before?.identity !== undefined && before.identity !== identity && isPart;
    node.entry = {
      type: before?.type ?? type,
      identity: shared ? undefined : (before?.identity ?? identity),
      needsCapital: (needsCapital || guessed) && (before?.needsCapital ?? true),
    };
  }

  #matchesAt(words: readonly Word[], index: number, text: string): readonly Match[] {
    const found: Match[] = [];
    let node: Node | undefined = this.#root;
    let previous: Word | undefined;
    for (let at = index; node; at++) {
      const current = words[at];
      if (!current || (previous && !isGap(text.slice(previous.end, current.start)))) break;
      node = node.next.get(current.word);
      if (node?.entry) found.push({ start: words[index]?.start ?? 0, end: current.end, entry: node.entry });
      previous = current;
    }
    return found;
  }
}

function isGap(between: string): boolean {
  return between.length <= maxGap && !between.includes('\n\n');
}
