import { asciiSymbols, type Style } from '../../src/report/text/style.ts';

const same = (text: string): string => text;

export const plainStyle: Style = {
  bad: same,
  warn: same,
  good: same,
  dim: same,
  strong: same,
  symbols: asciiSymbols,
  width: 80,
  cutPaths: true,
};
