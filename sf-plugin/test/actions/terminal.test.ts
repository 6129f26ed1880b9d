import { describe, expect, it } from '@jest/globals';
import { terminalStyle } from '../../src/actions/terminal.ts';
import { asciiSymbols, unicodeSymbols } from '../../src/report/text/style.ts';

const terminal = { isTTY: true, columns: 100 };

describe('terminalStyle', () => {
  it.each([
    [{ LANG: 'en_US.UTF-8' }, unicodeSymbols],
    [{ LANG: 'C.utf8' }, unicodeSymbols],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'C' }, asciiSymbols],
    [{ LANG: 'C', LC_CTYPE: 'en_US.UTF-8' }, unicodeSymbols],
    [{ LANG: '', WT_SESSION: '1' }, unicodeSymbols],
    [{ LANG: 'POSIX', TERM_PROGRAM: 'vscode' }, asciiSymbols],
    [{}, asciiSymbols],
  ])('takes the symbols of the locale %j', (env, symbols) => {
    expect(terminalStyle(terminal, env).symbols).toBe(symbols);
  });

  it.each([
    [
      { isTTY: true, columns: 40 },
      { width: 80, cutPaths: true },
    ],
    [
      { isTTY: true, columns: 100 },
      { width: 100, cutPaths: true },
    ],
    [
      { isTTY: true, columns: 300 },
      { width: 110, cutPaths: true },
    ],
    [
      { isTTY: false, columns: 0 },
      { width: 80, cutPaths: false },
    ],
  ])('fits %j', (output, expected) => {
    const { width, cutPaths } = terminalStyle(output, {});
    expect({ width, cutPaths }).toEqual(expected);
  });
});
