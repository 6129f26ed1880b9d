import { targetContains, type Grant } from '@agent-readiness/protocol/handoff';
import type { JsonValue } from '../json.ts';
import { isRecordId } from './apiNames.ts';
import { resolvePointer } from './jsonPointer.ts';
import type { ReadTemplate } from './readTemplate.ts';

/** A read of one run: the template with the record that it is about. */
export interface PlannedRead extends Omit<ReadTemplate, 'where'> {
  readonly where: { readonly field: string; readonly recordId: string };
}

/**
 * The reads that this run may make: those whose record the input names, and which the accepted authority
 * allows. The others do not exist for the model.
 */
export function planReads(
  templates: readonly ReadTemplate[],
  input: JsonValue,
  grants: readonly Grant[],
): readonly PlannedRead[] {
  return templates.flatMap(({ where, ...rest }) => {
    const recordId = resolvePointer(input, where.input);
    if (!isRecordId(recordId)) return [];
    const read = { ...rest, where: { field: where.field, recordId } };
    return grants.some((grant) => allows(grant, read)) ? [read] : [];
  });
}

/** Whether a grant allows a read, apart from how many records it has room for. Nobody approves a read, so what needs an approval stays shut. */
export function allows(grant: Grant, { object, fields, where }: PlannedRead): boolean {
  const { recordIds, gate } = grant;
  // Of records that point at another one nobody knows the ids beforehand, so a list of ids does not allow them.
  const isNamed = recordIds === undefined || (where.field === 'Id' && recordIds.includes(where.recordId));
  return isNamed && gate !== 'approval' && targetContains(grant, { operation: 'read', object, fields });
}
