import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XmlElement, parseXml } from '@rgrove/parse-xml';

/**
 * The metadata files of a project that match a pattern and are well-formed; the metadata check names the others.
 *
 * @param {string} project
 * @param {string} pattern below force-app
 * @returns {{ file: string, text: string, root: XmlElement }[]} sorted by file
 */
export function xmlFiles(project, pattern) {
  return globSync(`force-app/**/${pattern}`, { cwd: project })
    .sort()
    .flatMap((file) => {
      const text = readFileSync(join(project, file), 'utf8');
      try {
        return [{ file, text, root: parseXml(text, { includeOffsets: true }).root }];
      } catch {
        return [];
      }
    });
}

/**
 * Elements of a name at any depth.
 *
 * @param {XmlElement} element
 * @param {string} name
 * @returns {XmlElement[]}
 */
export function elementsOf(element, name) {
  const children = element.children.filter((child) => child instanceof XmlElement);
  return children.flatMap((child) => (child.name === name ? [child] : elementsOf(child, name)));
}

/** Text of the first child of a name, trimmed; undefined without one. */
export function textOf(element, name) {
  return elementsOf(element, name)[0]?.text.trim();
}
