import type { AccessMode } from '../../../extract/apex/body.ts';
import type { DataOperation } from '../../dataOperation.ts';
import { recordWrite } from '../dml.ts';
import { recordEffect } from '../frame.ts';
import { chooserOfAll } from '../inlining.ts';
import { dynamicQueryResult, searchResult } from '../queries.ts';
import { elementType, inert } from '../typeNames.ts';
import type { Value } from '../value.ts';
import { inertValue, plain, sizeOf } from '../values.ts';
import { keyOf, type PlatformCall } from './platformCall.ts';
import { fold } from '../fold.ts';

const writes: Readonly<Record<string, DataOperation>> = {
  insert: 'create',
  insertasync: 'create',
  insertimmediate: 'create',
  update: 'update',
  updateasync: 'update',
  updateimmediate: 'update',
  upsert: 'upsert',
  delete: 'delete',
  deleteasync: 'delete',
  deleteimmediate: 'delete',
  undelete: 'undelete',
  merge: 'merge',
};

/** `Database.*`, `Search.*` and the queries that are put together at run time. */
export function databaseCall(call: PlatformCall): Value | undefined {
  const { className, args, at, frame, name } = call;
  const owner = fold(className);
  const [first] = args;
  if (owner === 'search')
    return first && fold(name) === 'query' ? searchResult(dynamicQueryResult(first, at, frame)) : undefined;
  if (owner !== 'database' || !first) return undefined;
  const operation = writes[fold(name)];
  if (operation) return write(call, operation, first);
  switch (keyOf(call)) {
    case 'database.emptyrecyclebin':
      recordWrite(frame, at, {
        operation: 'delete',
        records: first,
        chosenBy: 'constant',
        access: undefined,
        verb: 'Database.emptyRecycleBin',
        isHard: true,
      });
      return inertValue('derived');
    case 'database.convertlead':
      recordEffect(frame, at, {
        operation: 'convert',
        object: 'Lead',
        label: 'Database.convertLead',
        chosenBy: chooserOfAll(args),
        size: sizeOf(first),
        access: accessOf(args),
      });
      return inertValue('derived');
    case 'database.query':
    case 'database.querywithbinds':
      return dynamicQueryResult(first, at, frame);
    case 'database.getquerylocator':
    case 'database.getquerylocatorwithbinds':
      // The rows of a query in brackets, or of one in a text.
      return first.types.some((type) => elementType(type) !== undefined) ? first : dynamicQueryResult(first, at, frame);
    default:
      return undefined;
  }
}

function write({ name, args, at, frame }: PlatformCall, operation: DataOperation, records: Value): Value {
  // The records that are merged into the first one.
  const [, merged] = args;
  recordWrite(frame, at, {
    operation,
    records,
    chosenBy: operation === 'merge' && merged ? chooserOfAll([merged]) : 'constant',
    access: accessOf(args),
    verb: `Database.${name}`,
  });
  const isMany = records.types.some((type) => elementType(type) !== undefined);
  return plain(isMany ? `List<${inert}>` : inert, 'derived');
}

/** The `AccessLevel` among the arguments. One that is not known may be the system's. */
function accessOf(args: readonly Value[]): AccessMode | undefined {
  const level = args.find(({ types }) => types.some((type) => fold(type).endsWith('accesslevel')));
  if (!level) return undefined;
  return level.constant === 'user_mode' ? 'user' : 'system';
}
