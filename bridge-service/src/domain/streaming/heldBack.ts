/** What guardrails may see as one thing and not as two, in UTF-16 units: phrases, numbers with blanks, addresses. */
export const windowLength = 120;
/** How much more has to come before it is looked at again. */
const strideLength = 80;
/** A word that goes on for longer is not a word that anybody waits for. */
const longestWord = 4_000;

/**
 * Lets text through once it has been looked at together with what follows it: at least {@link windowLength}
 * behind the end, and never within a word, so that a link or a key is seen whole or not at all. When
 * something is seen, nothing more comes.
 */
export class HeldBack {
  readonly #isClean: (text: string) => boolean;
  /** The last of what was let through, which the next look begins with; then what is held back. */
  #before = '';
  #held = '';
  #isOver = false;

  /** @param isClean whether a piece of text may be shown, looked at by itself */
  constructor(isClean: (text: string) => boolean) {
    this.#isClean = isClean;
  }

  push(text: string): string {
    if (this.#isOver) return '';
    this.#held += text;
    if (this.#held.length < windowLength + strideLength) return '';
    const end = this.#held.slice(0, -windowLength).search(/\s\S*$/) + 1;
    if (end === 0 && this.#held.length > longestWord) this.#isOver = true;
    return end === 0 ? '' : this.#release(end);
  }

  /** The rest, when there is no more. */
  end(): string {
    return this.#isOver ? '' : this.#release(this.#held.length);
  }

  #release(end: number): string {
    if (!this.#isClean(this.#before + this.#held)) {
      this.#isOver = true;
      return '';
    }
    const released = this.#held.slice(0, end);
    this.#before = lastWords(this.#before + released);
    this.#held = this.#held.slice(end);
    return released;
  }
}

function lastWords(text: string): string {
  return text.length <= windowLength ? text : text.slice(-windowLength).replace(/^\S+/, '');
}
