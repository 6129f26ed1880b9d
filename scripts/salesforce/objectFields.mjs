import { basename, dirname } from 'node:path';
import { textOf, xmlFiles } from './xmlFiles.mjs';

/**
 * What the project itself defines of objects: custom objects, and the type of each custom field, also on standard ones.
 *
 * @param {string} project
 * @returns {{ objects: Set<string>, types: Map<string, string> }} types by `Object.Field`, both in lower case
 */
export function objectFields(project) {
  const objects = xmlFiles(project, '*.object-meta.xml').map(({ file }) => basename(file, '.object-meta.xml'));
  const types = xmlFiles(project, '*.field-meta.xml').map(({ file, root }) => {
    const object = basename(dirname(dirname(file)));
    return [`${object}.${basename(file, '.field-meta.xml')}`.toLowerCase(), textOf(root, 'type') ?? ''];
  });
  return { objects: new Set(objects.map((name) => name.toLowerCase())), types: new Map(types) };
}
