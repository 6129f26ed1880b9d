import type { FieldDefinition, ObjectType, StoredRecord } from '../schema/objectType.ts';
import type { Grants, ObjectRight, SystemPermission } from './grants.ts';

/** Looks up the parent of a detail record. */
export type FindRecord = (objectName: string, id: string) => StoredRecord | undefined;

/** What one user may do: the union of the profile and the assigned permission sets. */
export class Access {
  readonly userId: string;
  readonly #grants: readonly Grants[];
  readonly #find: FindRecord;

  constructor(userId: string, grants: readonly Grants[], find: FindRecord) {
    this.userId = userId;
    this.#grants = grants;
    this.#find = find;
  }

  has(permission: SystemPermission): boolean {
    return this.#grants.some(({ system }) => system?.includes(permission));
  }

  can(right: 'create' | 'read' | 'edit' | 'delete', { name }: ObjectType): boolean {
    if (this.has('ModifyAllData') || (right === 'read' && this.has('ViewAllData'))) return true;
    return this.#holds(name, right, 'modifyAll') || (right === 'read' && this.#holds(name, 'viewAll'));
  }

  canReadField({ name, isEvent }: ObjectType, field: FieldDefinition): boolean {
    return isEvent || isOpenToAll(field) || this.#fieldGrant(name, field.name) !== undefined;
  }

  canEditField({ name, isEvent }: ObjectType, field: FieldDefinition): boolean {
    if (field.readOnly) return false;
    return isEvent || isOpenToAll(field) || this.#fieldGrant(name, field.name) === 'edit';
  }

  /** Whether sharing lets the user see a record of an object that the user may read. */
  canSee(type: ObjectType, record: StoredRecord): boolean {
    if (this.has('ViewAllData') || this.has('ModifyAllData') || this.#holds(type.name, 'viewAll', 'modifyAll')) {
      return true;
    }
    return this.#isShared(type, record, ['Read', 'ReadWrite']);
  }

  /** Whether sharing lets the user change or delete a record of an object that the user may edit. */
  canChange(type: ObjectType, record: StoredRecord): boolean {
    if (this.has('ModifyAllData') || this.#holds(type.name, 'modifyAll')) return true;
    return this.#isShared(type, record, ['ReadWrite']);
  }

  #isShared(type: ObjectType, record: StoredRecord, levels: readonly string[]): boolean {
    const { parent, parentId } = masterOf(type, record);
    if (parent === undefined) return levels.includes(type.sharing) || record['OwnerId'] === this.userId;
    const master = this.#find(parent, parentId);
    return master?.['OwnerId'] === this.userId || (master !== undefined && levels.includes(type.sharing));
  }

  #holds(object: string, ...rights: readonly ObjectRight[]): boolean {
    return this.#grants.some(({ objects }) => objects?.[object]?.some((right) => rights.includes(right)));
  }

  #fieldGrant(object: string, field: string): 'read' | 'edit' | undefined {
    const grants = this.#grants.flatMap(({ fields }) =>
      [`${object}.${field}`, `${object}.*`, '*'].map((key) => fields?.[key]),
    );
    return grants.includes('edit') ? 'edit' : grants.find((grant) => grant !== undefined);
  }
}

/** Fields without field-level security: required ones and the name. */
function isOpenToAll({ name, required }: FieldDefinition): boolean {
  return required === true || name === 'Name';
}

function masterOf(type: ObjectType, record: StoredRecord): { parent: string | undefined; parentId: string } {
  const field = type.fields.find(({ masterDetail }) => masterDetail);
  const parentId = field && record[field.name];
  return { parent: field?.referenceTo?.[0], parentId: typeof parentId === 'string' ? parentId : '' };
}
