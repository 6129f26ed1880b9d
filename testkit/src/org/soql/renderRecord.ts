import type { ObjectType, StoredRecord } from '../schema/objectType.ts';
import { valueOf, type Column } from './columns.ts';

/** A record as JSON, in the shape of the REST API. */
export type RecordJson = Record<string, unknown>;

/**
 * The selected fields of a record, parents as objects inside it.
 *
 * @param basePath `/services/data/v68.0`
 */
export function renderRecord(
  type: ObjectType,
  record: StoredRecord,
  columns: readonly Column[],
  basePath: string,
): RecordJson {
  const json: RecordJson = { attributes: attributesOf(type, record, basePath) };
  for (const column of columns) {
    let target = json;
    let holder: StoredRecord | undefined = record;
    for (const parent of column.parents) {
      holder = parent.read(holder);
      if (holder === undefined) {
        target[parent.relationshipName] = null;
        break;
      }
      const nested = (target[parent.relationshipName] ??= {
        attributes: attributesOf(parent.type, holder, basePath),
      }) as RecordJson;
      target = nested;
    }
    if (holder) target[column.field.name] = valueOf(holder, column.field);
  }
  return json;
}

function attributesOf({ name }: ObjectType, record: StoredRecord, basePath: string): RecordJson {
  return { type: name, url: `${basePath}/sobjects/${name}/${String(record['Id'])}` };
}
