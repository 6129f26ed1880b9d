import { parseXml, XmlElement } from '@rgrove/parse-xml';

/** The document element. Throws when the text is not well-formed. */
export function rootElement(text: string): XmlElement {
  const { root } = parseXml(text);
  if (!root) throw new Error('The document is empty');
  return root;
}

/** Name without prefix. */
export function localName({ name }: XmlElement): string {
  return name.slice(name.indexOf(':') + 1);
}

export function elements(parent: XmlElement): XmlElement[] {
  return parent.children.filter((child) => child instanceof XmlElement);
}

export function children(parent: XmlElement, name: string): XmlElement[] {
  return elements(parent).filter((child) => localName(child) === name);
}

/** The text of the first child of a name. */
export function childText(parent: XmlElement, name: string): string | undefined {
  return children(parent, name)[0]?.text.trim();
}

/** What `toXml` can write: an array repeats its element, null writes nothing. */
export type XmlValue =
  string | number | boolean | null | undefined | readonly XmlValue[] | { readonly [name: string]: XmlValue };

export function toXml(name: string, value: XmlValue): string {
  if (value === null || value === undefined) return '';
  if (isList(value)) return value.map((item) => toXml(name, item)).join('');
  const content =
    typeof value === 'object'
      ? Object.entries(value)
          .map(([child, inner]) => toXml(child, inner))
          .join('')
      : escapeXml(String(value));
  return `<${name}>${content}</${name}>`;
}

function isList(value: XmlValue): value is readonly XmlValue[] {
  return Array.isArray(value);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
