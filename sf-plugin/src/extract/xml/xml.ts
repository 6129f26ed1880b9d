import { parseXml, XmlElement, XmlError } from '@rgrove/parse-xml';
import type { Place } from '@agent-readiness/protocol';
import { LineIndex } from '../text/lineIndex.ts';
import { UnreadableError } from '../unreadable.ts';

/** A metadata element. `text` is trimmed, because formatters pad it with white space. */
export interface Element {
  readonly name: string;
  readonly place: Place;
  readonly text: string;
  readonly children: readonly Element[];
}

/**
 * Parses one metadata file. Internal and external entities are never expanded, nor prefixes of names
 * followed: a file that uses one is unreadable.
 *
 * @throws UnreadableError with the place of the first syntax error
 */
export function parseMetadataXml(file: string, text: string): Element {
  const lines = new LineIndex(file, text);
  try {
    const { root } = parseXml(text, { includeOffsets: true });
    if (!root) throw new UnreadableError({ file, line: 1, column: 1 }, 'no root element');
    return toElement(root, lines);
  } catch (error) {
    if (error instanceof XmlError) {
      throw new UnreadableError(lines.place(error.pos), error.message.split('\n', 1)[0] ?? 'invalid XML');
    }
    if (error instanceof RangeError) {
      throw new UnreadableError({ file, line: 1, column: 1 }, 'elements are nested too deeply');
    }
    throw error;
  }
}

function toElement(node: XmlElement, lines: LineIndex): Element {
  // The platform reads `<m:start>` as `<start>`; no file that it writes has any.
  if (node.name.includes(':')) {
    throw new UnreadableError(lines.place(node.start), `the prefix of <${node.name}> is not followed`);
  }
  const children = node.children
    .filter((child): child is XmlElement => child instanceof XmlElement)
    .map((child) => toElement(child, lines));
  return {
    name: node.name,
    place: lines.place(node.start),
    text: children.length === 0 ? node.text.trim() : '',
    children,
  };
}

export function child(element: Element, name: string): Element | undefined {
  return element.children.find((each) => each.name === name);
}

export function children(element: Element, name: string): readonly Element[] {
  return element.children.filter((each) => each.name === name);
}

/** The text of a child element; `undefined` where the child is missing or empty. */
export function textOf(element: Element, name: string): string | undefined {
  const text = child(element, name)?.text;
  return text === undefined || text === '' ? undefined : text;
}

export function isTrue(element: Element, name: string): boolean {
  return textOf(element, name)?.toLowerCase() === 'true';
}
