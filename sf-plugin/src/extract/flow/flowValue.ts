import { child, children, isTrue, type Element } from '../xml/xml.ts';
import type { FlowValue, NamedValue } from './flowFacts.ts';
import { rawTextOf, withDescendants } from './xmlTree.ts';

export const nothing: FlowValue = { kind: 'literal', value: null };

/** The value in a child, `<value>` unless named otherwise; null where there is none. */
export function valueIn(element: Element, name = 'value'): FlowValue {
  const value = child(element, name);
  return value ? toValue(value) : nothing;
}

/** `<inputParameters><name/><value/></inputParameters>` and its relatives. */
export function namedValues(element: Element, tag: string, nameTag = 'name'): NamedValue[] {
  return children(element, tag).map((each) => ({ name: rawTextOf(each, nameTag) ?? '', value: valueIn(each) }));
}

/** Text or a formula, whose merge fields (`{!Resource.Field}`) are what it depends on. */
export function textValue(text: string): FlowValue {
  const references = mergeFields(text);
  return references.length === 0 ? { kind: 'literal', value: text } : { kind: 'computed', references };
}

export function formulaValue(expression: string): FlowValue {
  return { kind: 'computed', references: mergeFields(expression) };
}

/** Everything that an element mentions, wherever in it: for what is only known to depend on something. */
export function referencesIn(element: Element): string[] {
  const found: string[] = [];
  for (const { name, text } of withDescendants(element)) {
    if (name.endsWith('Reference') && name !== 'targetReference' && text !== '') found.push(text);
    else found.push(...mergeFields(text));
  }
  return found;
}

function toValue(element: Element): FlowValue {
  if (child(element, 'collectionElements')) {
    return { kind: 'list', items: children(element, 'collectionElements').map(toValue) };
  }
  const only = element.children.length === 1 ? element.children[0] : undefined;
  switch (only?.name) {
    case 'elementReference':
      return { kind: 'reference', path: only.text };
    case 'stringValue':
      return textValue(only.text);
    case 'numberValue':
      return { kind: 'literal', value: toNumber(only.text) };
    case 'booleanValue':
      return { kind: 'literal', value: isTrue(element, 'booleanValue') };
    case 'dateValue':
    case 'dateTimeValue':
    case 'timeValue':
      return { kind: 'literal', value: only.text };
    case undefined:
      if (element.children.length === 0) return nothing;
  }
  return { kind: 'computed', references: referencesIn(element) };
}

function toNumber(text: string): number | string {
  const number = Number(text);
  return text !== '' && Number.isFinite(number) ? number : text;
}

function mergeFields(text: string): string[] {
  return [...text.matchAll(/\{!([^{}]*)\}/g)].map(([, name]) => (name ?? '').trim());
}
