import { ux } from '@oclif/core';
import { asciiSymbols, unicodeSymbols, type Style } from '../report/text/style.ts';

/** The layout needs the first and gains nothing beyond the second. */
const minWidth = 80;
const maxWidth = 110;

/** What the report may use on this output; colour follows the CLI: NO_COLOR, FORCE_COLOR, not a terminal. */
export function terminalStyle(output: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>, env: NodeJS.ProcessEnv): Style {
  const isTerminal = output.isTTY && output.columns > 0;
  return {
    bad: (text) => ux.colorize('red', text),
    warn: (text) => ux.colorize('yellow', text),
    good: (text) => ux.colorize('green', text),
    dim: (text) => ux.colorize('dim', text),
    strong: (text) => ux.colorize('bold', text),
    symbols: speaksUnicode(env) ? unicodeSymbols : asciiSymbols,
    width: isTerminal ? Math.min(Math.max(output.columns, minWidth), maxWidth) : minWidth,
    cutPaths: isTerminal,
  };
}

/** The first of these that is set decides, as in POSIX; Windows names its terminals instead. */
function speaksUnicode(env: NodeJS.ProcessEnv): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'];
  if (locale) return /utf-?8/i.test(locale);
  return env['WT_SESSION'] !== undefined || env['TERM_PROGRAM'] === 'vscode';
}
