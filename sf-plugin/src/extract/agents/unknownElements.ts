import type { Element } from '../xml/xml.ts';
import type { Located } from './located.ts';

/** Names under which a later version of the format could bring a new way to act. */
const suggestsAction =
  /action|agent|dialog|flow|function|graph|invocation|planner|plugin|route|skill|tool|topic|(?<!de)script/i;

/**
 * The children of an element that the reader does not know and that could carry actions: those
 * with a structure of their own, and those whose name speaks of actions. Other unknown elements
 * are settings.
 */
export function unknownElements(element: Element, known: ReadonlySet<string>): Located[] {
  return element.children
    .filter(({ name, children }) => !known.has(name) && (children.length > 0 || suggestsAction.test(name)))
    .map(({ name, place }) => ({ value: name, place }));
}
