import type { ChosenBy } from '@agent-readiness/protocol';
import type { Filter, Query } from '../../extract/apex/body.ts';
import type { Position } from '../../extract/apex/position.ts';
import { smaller, type Size } from '../size.ts';
import { lessTrusted } from '../lattice.ts';
import { fold } from './fold.ts';
import type { Frame, Machine } from './frame.ts';
import { elementType, parseType } from './typeNames.ts';
import { HeapObject, type Value } from './value.ts';
import { chooserOf, inertValue, plain, sizeOf } from './values.ts';

/** What a query in square brackets returns: a list of stored records, whose selection its binds decide. */
export function queryResult(machine: Machine, query: Query, at: Position, frame: Frame): Value {
  let chosenBy: ChosenBy = 'derived';
  let size: Size = 'unbounded';
  for (const filter of query.filters) {
    const value = machine.evaluate(filter.value, frame);
    chosenBy = lessTrusted(chosenBy, chooserOf(value));
    size = smaller(size, sizeByFilter(filter, value));
  }
  for (const bind of query.binds) chosenBy = lessTrusted(chosenBy, chooserOf(machine.evaluate(bind, frame)));
  if (query.limit) {
    const { constant } = machine.evaluate(query.limit, frame);
    if (typeof constant === 'number') size = smaller(size, constant);
  }
  if (query.isAggregate) return inertValue(chosenBy);
  return storedRecords(query.objects, chosenBy, size, at, frame);
}

function storedRecords(
  objects: readonly string[],
  chosenBy: ChosenBy,
  size: Size,
  at: Position | string,
  frame: Frame,
): Value {
  const depth = frame.loops.length;
  const types = objects.length > 0 ? objects : ['SObject'];
  const item: Value = { ...plain('SObject', chosenBy, depth), types, heap: new HeapObject('stored') };
  const heap = new HeapObject('own');
  heap.add(String(at), item, size);
  return { ...item, types: types.map((object) => `List<${object}>`), heap };
}

/** How many records can meet one condition. */
function sizeByFilter({ field }: Filter, value: Value): Size {
  const name = field.toLowerCase();
  if (name === 'id') return sizeOf(value);
  return refersToOne(name, value) ? 'children-of-one' : 'unbounded';
}

/** A look-up that equals a single id. */
function refersToOne(name: string, value: Value): boolean {
  const isLookup =
    name.endsWith('id') || (name.endsWith('__c') && value.types.some((type) => isId(type) || isId(elementType(type))));
  return isLookup && sizeOf(value) === 1 && !value.types.some((type) => elementType(type) !== undefined && !value.heap);
}

function isId(type: string | undefined): boolean {
  return type !== undefined && parseType(type).base === 'id';
}

const fromClause = /\bfrom\s+([a-z]\w*)/i;
const limitClause = /\blimit\s+(\d{1,6})\s*$/i;
const idFilter = /\bwhere\s+id\s*=\s*:\s*(\w+)\s*(?:limit\s+\d+\s*)?$/i;
const binds = /:\s*([a-z]\w*)/gi;

/**
 * What a query in a text returns. The object is known where the text up to its name is; the binds
 * of the text are variables of the method.
 */
export function dynamicQueryResult(text: Value, at: Position, frame: Frame): Value {
  const complete = completeText(text);
  const known = complete ?? text.token ?? text.prefix ?? '';
  let chosenBy = lessTrusted('derived', chooserOf(text));
  for (const [, name = ''] of known.matchAll(binds)) {
    const variable = frame.variables.get(fold(name));
    chosenBy = lessTrusted(chosenBy, variable ? chooserOf(variable.value) : frame.otherInputs);
  }
  // Of a text that goes on, the last word may be cut short.
  const whole = complete ?? known.slice(0, Math.max(known.lastIndexOf(' '), 0));
  const object = fromClause.exec(whole)?.[1];
  return storedRecords(object === undefined ? [] : [object], chosenBy, dynamicSize(text, frame), at, frame);
}

/** A text that is known to its end, if not in the letter case of the names in it. */
function completeText({ constant, prefix, token }: Value): string | undefined {
  return typeof constant === 'string' ? constant : prefix === undefined ? token : undefined;
}

function dynamicSize(text: Value, frame: Frame): Size {
  const complete = completeText(text);
  if (complete === undefined) return 'unbounded';
  const limit = limitClause.exec(complete)?.[1];
  const bind = idFilter.exec(complete)?.[1];
  const selected = bind === undefined ? undefined : frame.variables.get(fold(bind));
  const byId: Size = selected ? sizeOf(selected.value) : 'unbounded';
  return limit === undefined ? byId : smaller(byId, Number(limit));
}

/** The value of a text search: a list of records for each object. */
export function searchResult(found: Value): Value {
  const heap = new HeapObject('own');
  heap.add('search', found, 'unbounded');
  return { ...plain('List<List<SObject>>', found.chosenBy, found.depth), heap };
}
