import type { ChosenBy } from '@agent-readiness/protocol';
import type { AccessMode, Statement } from '../../extract/apex/body.ts';
import type { Position } from '../../extract/apex/position.ts';
import { operationFor, type DataOperation } from '../dataOperation.ts';
import { times } from '../size.ts';
import { lessTrusted } from '../lattice.ts';
import { recordEffect, repeats, type Frame, type Machine } from './frame.ts';
import { fieldsOf, objectsOf } from './records.ts';
import { unknown } from './facts.ts';
import type { Value } from './value.ts';
import { chooserOf, sizeOf } from './values.ts';

const operations: Readonly<Record<string, DataOperation>> = {
  insert: 'create',
  update: 'update',
  upsert: 'upsert',
  delete: 'delete',
  undelete: 'undelete',
  merge: 'merge',
};

/** Operations that take fields from the records given to them. */
const writesFields: ReadonlySet<DataOperation> = new Set<DataOperation>(['create', 'update', 'upsert', 'merge']);

/** Operations for which the platform strips records; whether a user may delete one it does not ask. */
const strips: ReadonlySet<DataOperation> = new Set<DataOperation>(['create', 'update', 'upsert']);

export function recordDml(machine: Machine, statement: Extract<Statement, { kind: 'dml' }>, frame: Frame): void {
  const records = machine.evaluate(statement.operand, frame);
  const merged = statement.merged && machine.evaluate(statement.merged, frame);
  const operation = operations[statement.verb] ?? 'update';
  const chosenBy = merged ? chooserOf(merged) : 'constant';
  recordWrite(frame, statement.at, { operation, records, chosenBy, access: statement.access, verb: statement.verb });
}

export interface Write {
  readonly operation: DataOperation;
  readonly records: Value;
  /** Who chose what stands beside the records. */
  readonly chosenBy: ChosenBy;
  readonly access: AccessMode | undefined;
  /** As the code says it: `delete`, `Database.delete`. */
  readonly verb: string;
  readonly isHard?: boolean;
}

/** Records the effects of one write, one for each object that the records may be of. */
export function recordWrite(frame: Frame, at: Position, write: Write): void {
  if (!frame.sink.isSilent) tell(frame, at, write);
  if (write.operation === 'create' || write.operation === 'upsert') fillIds(write.records);
}

function tell(frame: Frame, at: Position, { operation, records, verb, isHard, ...write }: Write): void {
  const chosenBy = lessTrusted(chooserOf(records), write.chosenBy);
  const size = times(sizeOf(records), repeats(frame, Math.min(records.depth, frame.loops.length)));
  for (const object of objectsOf(records)) {
    const actual = operationFor(object, operation);
    recordEffect(frame, at, {
      operation: actual,
      object,
      label: `${verb} ${object === '*' ? 'records of an object decided at run time' : object}`,
      chosenBy,
      size,
      fields: writesFields.has(operation) ? fieldsOf(records) : [],
      access: write.access ?? (strips.has(operation) ? accessOfStripped(frame, records) : undefined),
      certainty: object === '*' ? 'possible' : 'proven',
      form: isHard ? 'hard' : undefined,
    });
  }
}

/** The platform gives each new record an id, also one whose id the code has set to nothing. */
function fillIds({ heap }: Value): void {
  for (const record of [heap, heap?.item?.heap]) {
    const id = record?.fields.get('id');
    if (id) record?.setField(id.name, unknown(id.value));
  }
}

/**
 * Records out of `Security.stripInaccessible` carry only what the user may write. Where sharing
 * holds as well, the write is one of the user; where it does not, it reaches records that the user
 * may not, and stays a system write.
 */
function accessOfStripped(frame: Frame, { isStripped }: Value): AccessMode | undefined {
  return isStripped && frame.sharing === 'with' ? 'user' : undefined;
}
