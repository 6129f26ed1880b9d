type Paint = (text: string) => string;

/** How the terminal shows the report. Colours carry no meaning that the words do not carry too. */
export interface Style {
  readonly bad: Paint;
  readonly warn: Paint;
  readonly good: Paint;
  readonly dim: Paint;
  readonly strong: Paint;
  readonly symbols: Symbols;
  /** Columns of a line. */
  readonly width: number;
  /** Whether paths are shortened to fit; a file or a pipe gets them whole. */
  readonly cutPaths: boolean;
}

export interface Symbols {
  readonly fail: string;
  readonly pass: string;
  readonly dot: string;
  readonly arrow: string;
  readonly rule: string;
  readonly ellipsis: string;
}

export const unicodeSymbols: Symbols = { fail: '✖', pass: '✔', dot: '·', arrow: '→', rule: '─', ellipsis: '…' };

export const asciiSymbols: Symbols = { fail: 'x', pass: 'ok', dot: '|', arrow: '->', rule: '-', ellipsis: '...' };

/** A line between the parts of the report. */
export function heading(title: string, { dim, symbols, width }: Style): string {
  const text = `${symbols.rule.repeat(2)} ${title} `;
  return dim(text + symbols.rule.repeat(Math.max(0, width - text.length)));
}
