import type { Place } from '@agent-readiness/protocol';
import type { Entry, Expression, Item, Template } from '../../../extract/agentScript/ast.ts';

/** `@namespace.name`, or a bare `name` where the language allows to leave the namespace out. */
export interface Reference {
  readonly namespace: string | undefined;
  readonly name: string;
  readonly place: Place;
}

export function entriesOf(items: readonly Item[]): readonly Entry[] {
  return items.filter((item) => item.kind === 'entry');
}

/** The entries with one of the keys, in the order of the text. */
export function entriesNamed(items: readonly Item[], ...keys: readonly string[]): readonly Entry[] {
  return entriesOf(items).filter(({ key }) => keys.includes(key));
}

/** The bodies of all blocks with that key: a block may be written in several parts. */
export function bodyOf(items: readonly Item[], ...keys: readonly string[]): readonly Item[] {
  return entriesNamed(items, ...keys).flatMap(({ body }) => body);
}

/** The text of an entry where it is known before the run; `undefined` where it is empty. */
export function textOf(entry: Entry | undefined): string | undefined {
  const text = staticText(entry?.value);
  return text === '' ? undefined : text;
}

function staticText(value: Expression | Template | undefined): string | undefined {
  if (value?.kind === 'string') return value.value.trim();
  if (value?.kind !== 'template') return undefined;
  return value.parts.every((part) => typeof part === 'string') ? value.parts.join('').trim() : undefined;
}

/** The text of the first entry with that key. */
export function textNamed(items: readonly Item[], key: string): string | undefined {
  return textOf(entriesNamed(items, key)[0]);
}

/** The texts of the first entries with those keys, as far as there are any. */
export function textsNamed(items: readonly Item[], ...keys: readonly string[]): readonly string[] {
  return keys.flatMap((key) => textNamed(items, key) ?? []);
}

export function isTrue(items: readonly Item[], key: string): boolean {
  return entriesNamed(items, key).some(({ value }) => value?.kind === 'boolean' && value.value);
}

/** What an expression refers to, if it is nothing but a reference. */
export function referenceOf(expression: Expression | Template | undefined): Reference | undefined {
  if (expression?.kind === 'name' || expression?.kind === 'namespace') {
    return { namespace: undefined, name: expression.name, place: expression.place };
  }
  if (expression?.kind !== 'member' || expression.object.kind !== 'namespace') return undefined;
  return { namespace: expression.object.name, name: expression.name, place: expression.place };
}
