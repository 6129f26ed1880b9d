/**
 * The pages of docs/rules as one TypeScript module, so that the published plugin can show them where the
 * documentation is not: in the help of an alert, for instance. `npm run generate` writes it, a test compares it.
 */
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../docs/rules/', import.meta.url);

/** @returns {string} the text of src/rules/pages.ts */
export function rulePagesModule() {
  const pages = readdirSync(folder)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort()
    .map((name) => [name.slice(0, -'.md'.length), page(readFileSync(new URL(name, folder), 'utf8'))]);
  return [
    '/** Written by `npm run generate` from docs/rules; do not edit. */',
    'export const pages: ReadonlyMap<string, string> = new Map([',
    ...pages.map((entry) => `  ${JSON.stringify(entry)},`),
    ']);',
    '',
  ].join('\n');
}

/** Its title stands where it is shown already, and its links lead to files that are not there. */
function page(text) {
  return text
    .replace(/^# .*\n+/, '')
    .replace(/\[([^\]]+)\]\((?!https?:)[^)]+\)/g, '$1')
    .trim();
}
