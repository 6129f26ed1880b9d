import type { Span } from './span.ts';

/** A rewritten text that remembers which stretch of the original each of its UTF-16 units came from. */
export interface MappedText {
  readonly text: string;
  /** The stretch of the original behind a stretch of `text`. */
  original(span: Span): Span;
}

/** Builds a {@link MappedText}: pieces are appended in order, each with the stretch it stands for. */
export class MappedTextBuilder {
  readonly #pieces: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  append(piece: string, start: number, end: number): void {
    if (piece === '') return;
    this.#pieces.push(piece);
    // A piece as long as its source maps unit by unit, any other one as a whole.
    const unitByUnit = piece.length === end - start;
    for (let unit = 0; unit < piece.length; unit++) {
      this.#starts.push(unitByUnit ? start + unit : start);
      this.#ends.push(unitByUnit ? start + unit + 1 : end);
    }
  }

  build(): MappedText {
    const starts = this.#starts;
    const ends = this.#ends;
    return {
      text: this.#pieces.join(''),
      original: ({ start, end }) => ({ start: starts[start] ?? 0, end: ends[end - 1] ?? 0 }),
    };
  }
}

/** `outer` was made from `inner.text`: maps straight to the text that `inner` was made from. */
export function compose(inner: MappedText, outer: MappedText): MappedText {
  return { text: outer.text, original: (span) => inner.original(outer.original(span)) };
}
