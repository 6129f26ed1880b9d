import type { EntityType } from '../entityTypes.ts';
import { readToken, tokenStart, wholeTokenStart, type TokenRead } from './tokenFormat.ts';
import type { TokenTable } from './tokenTable.ts';

/** The types whose values a sink may see. */
export type VisibleTypes = 'all' | ReadonlySet<EntityType>;

/**
 * What became of the tokens in a text. `unknown` holds bodies that this conversation never minted, `half` the
 * types of tokens that were cut off or could mean several values, `withheld` bodies that the sink may not see.
 */
export interface UnmaskReport {
  readonly restored: readonly string[];
  readonly unknown: readonly string[];
  readonly half: readonly string[];
  readonly withheld: readonly string[];
}

/**
 * Unmasks a stream of text, one content block each. What it holds back could still become a token, so never
 * more than the longest one; the output is the same however the text is cut.
 */
export class StreamUnmasker {
  readonly #table: TokenTable;
  readonly #visible: VisibleTypes;
  readonly #report = {
    restored: [] as string[],
    unknown: [] as string[],
    half: [] as string[],
    withheld: [] as string[],
  };
  /** The last units that were passed on, because a token does not begin inside a word; then what is held back. */
  #before = '';
  #held = '';

  constructor(table: TokenTable, visible: VisibleTypes) {
    this.#table = table;
    this.#visible = visible;
  }

  get report(): UnmaskReport {
    return this.#report;
  }

  /** UTF-16 units held back. */
  get held(): number {
    return this.#held.length;
  }

  push(chunk: string): string {
    return this.#advance(chunk, false);
  }

  /** The rest, at the end of the block. */
  end(): string {
    return this.#advance('', true);
  }

  /** All of the block at once: words that cannot begin a token need not be read. */
  whole(text: string): string {
    return this.#advance(text, true, wholeTokenStart);
  }

  #advance(chunk: string, final: boolean, start = tokenStart): string {
    const text = this.#before + this.#held + chunk;
    let position = this.#before.length;
    let shown = '';
    let held = text.length;
    const starts = new RegExp(start);
    starts.lastIndex = position;
    for (let match = starts.exec(text); match; match = starts.exec(text)) {
      const read = readToken(text, match.index, final);
      if (read === 'more') {
        held = match.index;
        break;
      }
      if (!read) continue;
      shown += text.slice(position, match.index) + (this.#valueOf(read) ?? text.slice(match.index, read.end));
      position = read.end;
      starts.lastIndex = position;
    }
    shown += text.slice(position, held);
    this.#before = text.slice(Math.max(0, held - 2), held);
    this.#held = text.slice(held);
    return shown;
  }

  #valueOf(read: TokenRead): string | undefined {
    const entry = read.kind === 'type' ? this.#table.only(read.type) : this.#table.find(read.body);
    if (read.kind === 'half' || (read.kind === 'type' && !entry)) {
      this.#report.half.push(read.type);
      return undefined;
    }
    if (!entry) {
      this.#report.unknown.push(read.body);
      return undefined;
    }
    const isVisible = this.#visible === 'all' || this.#visible.has(entry.type);
    (isVisible ? this.#report.restored : this.#report.withheld).push(entry.token);
    return isVisible ? entry.value : undefined;
  }
}

/** Unmasks a whole text, see {@link StreamUnmasker}. */
export function unmaskText(text: string, table: TokenTable, visible: VisibleTypes): { text: string } & UnmaskReport {
  const unmasker = new StreamUnmasker(table, visible);
  return { text: unmasker.whole(text), ...unmasker.report };
}
