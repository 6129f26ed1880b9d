import type { Position } from '../../../extract/apex/position.ts';
import { recordEffect, repeats, type Frame } from '../frame.ts';
import { chooserOfAll } from '../inlining.ts';
import type { Value } from '../value.ts';

/** A record in the graph that a sales transaction of Revenue Cloud writes: its object, what becomes of it, its id. */
const graphRecord = /^(?:revsalestrxn|placequote)\.recordresource$/i;

const operations: ReadonlyMap<string, 'create' | 'update' | 'delete'> = new Map([
  ['POST', 'create'],
  ['PATCH', 'update'],
  ['PUT', 'update'],
  ['DELETE', 'delete'],
]);

/**
 * Records what becomes of a record that is put into such a graph. The graph is executed as a whole later; by then its
 * records can no longer be told apart.
 */
export function recordGraphRecord(frame: Frame, at: Position, className: string, args: readonly Value[]): void {
  if (!graphRecord.test(className)) return;
  const [object, method] = args;
  const operation = typeof method?.constant === 'string' ? operations.get(method.constant.toUpperCase()) : undefined;
  const name = object?.token ?? '*';
  recordEffect(frame, at, {
    operation: operation ?? 'upsert',
    object: name,
    label: `${className} of ${name === '*' ? 'an object decided at run time' : name}`,
    chosenBy: chooserOfAll(args),
    size: repeats(frame, frame.loops.length),
    fields: ['*'],
    certainty: name === '*' || operation === undefined ? 'possible' : 'proven',
  });
}
