import type { XmlElement } from '@rgrove/parse-xml';
import type { Grants, ObjectRight, SystemPermission } from '../security/grants.ts';
import { children, childText } from '../xml.ts';

const objectRights: Readonly<Record<string, ObjectRight>> = {
  allowCreate: 'create',
  allowRead: 'read',
  allowEdit: 'edit',
  allowDelete: 'delete',
  viewAllRecords: 'viewAll',
  modifyAllRecords: 'modifyAll',
};

const systemPermissions = [
  'ApiEnabled',
  'ManageUsers',
  'ModifyAllData',
  'ModifyMetadata',
  'ViewAllData',
  'ViewSetup',
] as const satisfies readonly SystemPermission[];

/** What a `PermissionSet` of the Metadata API allows, as far as this org asks for it. */
export function grantsFromMetadata(permissionSet: XmlElement): Grants {
  const objects = children(permissionSet, 'objectPermissions').map((element) => [
    childText(element, 'object') ?? '',
    Object.entries(objectRights).flatMap(([name, right]) => (childText(element, name) === 'true' ? [right] : [])),
  ]);
  const fields = children(permissionSet, 'fieldPermissions').flatMap((element) => {
    const right = childText(element, 'editable') === 'true' ? 'edit' : 'read';
    return childText(element, 'readable') === 'true' ? [[childText(element, 'field') ?? '', right]] : [];
  });
  const enabled = children(permissionSet, 'userPermissions')
    .filter((element) => childText(element, 'enabled') === 'true')
    .map((element) => childText(element, 'name'));
  return {
    objects: Object.fromEntries(objects) as Grants['objects'] & object,
    fields: Object.fromEntries(fields) as Grants['fields'] & object,
    system: systemPermissions.filter((name) => enabled.includes(name)),
  };
}
