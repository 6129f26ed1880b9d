import type { Operation } from '@agent-readiness/protocol';

/** What a DML statement or a record element does, before the object is looked at. */
export type DataOperation = Extract<
  Operation,
  'create' | 'update' | 'upsert' | 'delete' | 'undelete' | 'merge' | 'convert'
>;

/** Objects whose records say who may do what: a write to one changes authority, not business data. */
const privilegeObjects: ReadonlySet<string> = new Set([
  'connectedapplication',
  'customobjectusersettings',
  'delegatedaccount',
  'fieldpermissions',
  'group',
  'groupmember',
  'mutingpermissionset',
  'networkmembergroup',
  'objectpermissions',
  'objectterritory2association',
  'permissionset',
  'permissionsetassignment',
  'permissionsetgroup',
  'permissionsetgroupcomponent',
  'permissionsetlicenseassign',
  'permissionsettabsetting',
  'profile',
  'queuesobject',
  'sessionpermsetactivation',
  'setupentityaccess',
  'user',
  'userlogin',
  'userpackagelicense',
  'userpermissionaccess',
  'userrole',
  'userterritory2association',
]);

/** The sharing rows of an object: `AccountShare`, `Invoice__Share`. */
const sharingObject = /^(?:[a-z]+share|\w+__share)$/;

/**
 * The operation that a write to an object amounts to: a platform event is published, whatever the
 * statement calls it, and a write to a user, a permission or a sharing row is a grant.
 */
export function operationFor(object: string, dml: DataOperation): Operation {
  const name = object.toLowerCase();
  if (name.endsWith('__e')) return 'publish-event';
  if (privilegeObjects.has(name) || sharingObject.test(name)) return 'grant';
  return dml;
}
