import { UnreadableError } from '../unreadable.ts';
import { child, textOf, type Element } from '../xml/xml.ts';

/** Flows nest a dozen levels; whatever reads them may recurse once this limit is checked. */
const maxDepth = 64;

/** @throws UnreadableError at the first element that stands deeper than any flow needs */
export function checkDepth(root: Element): void {
  const queue: { element: Element; depth: number }[] = [{ element: root, depth: 1 }];
  for (let at = queue.pop(); at; at = queue.pop()) {
    const { element, depth } = at;
    if (depth > maxDepth) throw new UnreadableError(element.place, 'elements are nested too deeply');
    for (const each of element.children) queue.push({ element: each, depth: depth + 1 });
  }
}

/** The element and everything in it, in document order. */
export function* withDescendants(element: Element): Generator<Element> {
  yield element;
  for (const each of element.children) yield* withDescendants(each);
}

/** The text of a child, where an empty one counts: `''` is a value, a missing child is not. */
export function rawTextOf(element: Element, name: string): string | undefined {
  return child(element, name)?.text;
}

/** What people call an element: its label, else its name, else what stands for both. */
export function labelOf(element: Element, otherwise = element.name): string {
  return (textOf(element, 'label') ?? textOf(element, 'name') ?? otherwise).replace(/\s+/g, ' ');
}
