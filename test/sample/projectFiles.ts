import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export const repository = path.resolve(import.meta.dirname, '../..');

/** The project of the sample agent, relative to the repository. */
export const sample = 'examples/order-care';

export const sampleProject = path.join(repository, sample);

/** The files below a folder of the repository, as sorted paths relative to the repository; not what a check keeps there. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(path.join(repository, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join(folder, file.replaceAll(path.sep, '/')))
    .filter((file) => !file.includes('/.sf/'))
    .filter((file) => statSync(path.join(repository, file)).isFile())
    .sort();
}

export function read(file: string): string {
  return readFileSync(path.join(repository, file), 'utf8');
}

/** API names of the metadata that carries one suffix, sorted. */
export function namesOf(folder: string, suffix: string): readonly string[] {
  return filesBelow(folder)
    .filter((file) => file.endsWith(suffix))
    .map((file) => path.posix.basename(file, suffix))
    .sort();
}
