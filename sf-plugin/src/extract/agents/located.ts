import type { Place } from '@agent-readiness/protocol';
import { child, children, type Element } from '../xml/xml.ts';

/** A value that was written down, and where. */
export interface Located {
  readonly value: string;
  readonly place: Place;
}

/** The text of a child element; `undefined` where the child is missing or empty. */
export function locatedText(element: Element, name: string): Located | undefined {
  return located(child(element, name));
}

/** The texts of all children of a name, e.g. `genAiFunctions/functionName`: the path is followed downwards. */
export function locatedTexts(element: Element, ...path: readonly string[]): Located[] {
  let reached: readonly Element[] = [element];
  for (const name of path) reached = reached.flatMap((each) => children(each, name));
  return reached.flatMap((each) => located(each) ?? []);
}

function located(element: Element | undefined): Located | undefined {
  return element === undefined || element.text === '' ? undefined : { value: element.text, place: element.place };
}
