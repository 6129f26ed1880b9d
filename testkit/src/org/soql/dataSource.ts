import type { FieldDefinition, ObjectType, StoredRecord } from '../schema/objectType.ts';
import type { ChildRelationship } from '../schema/schema.ts';

/** What a query can reach: the data of the org as one user may see it. */
export interface DataSource {
  /** Absent when there is no such object, or the user may not read it. */
  objectType(name: string): ObjectType | undefined;
  canRead(type: ObjectType, field: FieldDefinition): boolean;
  childrenOf(type: ObjectType): readonly ChildRelationship[];
  /** The records the user may see, in order of creation. */
  rows(type: ObjectType, withDeleted: boolean): readonly StoredRecord[];
  /** One record the user may see. */
  find(type: ObjectType, id: string): StoredRecord | undefined;
  now(): Date;
}
