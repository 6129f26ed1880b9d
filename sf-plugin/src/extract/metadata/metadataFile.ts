import { classify } from '../project/metadataKinds.ts';
import { UnreadableError } from '../unreadable.ts';
import { parseMetadataXml, textOf, type Element } from '../xml/xml.ts';

/**
 * The root element of a metadata file of a known type.
 *
 * @throws UnreadableError when the file is not well-formed or holds another type
 */
export function parseRoot(file: string, text: string, type: string): Element {
  const root = parseMetadataXml(file, text);
  if (root.name !== type) throw new UnreadableError(root.place, `expected <${type}>, found <${root.name}>`);
  return root;
}

/**
 * The text of a child that the type requires.
 *
 * @throws UnreadableError at the element when the child is missing or empty
 */
export function requiredText(element: Element, name: string): string {
  const text = textOf(element, name);
  if (text === undefined) throw new UnreadableError(element.place, `<${element.name}> has no <${name}>`);
  return text;
}

/** The API name that a file's path gives, e.g. `Weather` for `…/Weather.namedCredential-meta.xml`. */
export function apiNameOf(file: string): string {
  const fileName = file.slice(file.lastIndexOf('/') + 1);
  return classify(fileName)?.name ?? fileName;
}
