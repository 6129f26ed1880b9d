import type { Script, ScriptProblem } from './ast.ts';
import { Cursor } from './cursor.ts';
import { parseItems } from './items.ts';

/**
 * Parses one Agent Script (`.agent`) file.
 *
 * Never throws. What cannot be understood is listed in `problems` with its place and left out of
 * `script`; the lines after it are read all the same. A script is fully read exactly when
 * `problems` is empty.
 *
 * @param file path for the places, relative to the project root
 * @param text without byte order mark
 */
export function parseAgentScript(file: string, text: string): { script: Script; problems: readonly ScriptProblem[] } {
  const cursor = new Cursor(file, text);
  const place = cursor.place();
  cursor.take('indent');
  const parts = [parseItems(cursor)];
  for (; !cursor.at('end'); parts.push(parseItems(cursor))) cursor.next();
  return { script: { place, items: parts.flat() }, problems: cursor.problems };
}
