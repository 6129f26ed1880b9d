import { readFileSync } from 'node:fs';

/** Parses a fixture of this folder under its own name, as if the folder were the project. */
export function parseFixture<T>(parse: (file: string, text: string) => T, file: string): T {
  return parse(file, readFixture(file));
}

export function readFixture(file: string): string {
  return readFileSync(new URL(`./fixtures/${file}`, import.meta.url), 'utf8');
}
