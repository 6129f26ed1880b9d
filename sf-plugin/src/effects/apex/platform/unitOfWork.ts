import type { DataOperation } from '../../dataOperation.ts';
import { recordWrite } from '../dml.ts';
import type { Value } from '../value.ts';
import { inertValue } from '../values.ts';
import { recordSimple, type PlatformCall } from './platformCall.ts';
import { fold } from '../fold.ts';

/*
 * The unit of work of the fflib library, in whatever version a project or package has it: records
 * are registered one by one and written together at the end. The library keeps them in maps by type,
 * in which their types are lost; so the registration counts as the write. That a unit of work which
 * is filled is also committed is taken for granted.
 */

const registrations: Readonly<Record<string, DataOperation>> = {
  registernew: 'create',
  registerdirty: 'update',
  registerupsert: 'upsert',
  registerdeleted: 'delete',
  registerpermanentlydeleted: 'delete',
  registeremptyrecyclebin: 'delete',
  registerpublishbeforetransaction: 'create',
  registerpublishaftersuccesstransaction: 'create',
  registerpublishafterfailuretransaction: 'create',
};

const hard: ReadonlySet<string> = new Set(['registerpermanentlydeleted', 'registeremptyrecyclebin']);
const withoutWrite: ReadonlySet<string> = new Set(['commitwork', 'registerrelationship', 'registertype', 'gettype']);

export function isUnitOfWork(className: string): boolean {
  return fold(className).endsWith('unitofwork');
}

/** A method of a unit of work; `undefined` for those that are no part of the library's. */
export function unitOfWorkCall(call: PlatformCall): Value | undefined {
  const { frame, at, args, name } = call;
  const key = fold(name);
  if (key === 'registeremail') return recordSimple(call, 'send-message', 'email');
  if (withoutWrite.has(key)) return inertValue('derived');
  const operation = registrations[key];
  const [records] = args;
  if (!operation || !records) return undefined;
  recordWrite(frame, at, {
    operation,
    records,
    chosenBy: 'constant',
    access: undefined,
    verb: name,
    isHard: hard.has(key),
  });
  return inertValue('derived');
}
