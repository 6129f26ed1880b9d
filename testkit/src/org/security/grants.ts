export type ObjectRight = 'create' | 'read' | 'edit' | 'delete' | 'viewAll' | 'modifyAll';

export type SystemPermission =
  'ApiEnabled' | 'ManageUsers' | 'ModifyAllData' | 'ModifyMetadata' | 'ViewAllData' | 'ViewSetup';

/** What a profile or a permission set allows. What is not named is denied. */
export interface Grants {
  /** Rights by object name. `edit` and `delete` do not bring `read`: name it. */
  readonly objects?: Readonly<Record<string, readonly ObjectRight[]>>;
  /** Field security by `Object.Field`; `Object.*` and `*` stand for every field. Required fields need none. */
  readonly fields?: Readonly<Record<string, 'read' | 'edit'>>;
  readonly system?: readonly SystemPermission[];
}

/** What a system administrator may do. */
export const administrator: Grants = {
  fields: { '*': 'edit' },
  system: ['ApiEnabled', 'ManageUsers', 'ModifyAllData', 'ModifyMetadata', 'ViewAllData', 'ViewSetup'],
};
