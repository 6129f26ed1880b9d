import type { Place } from '@agent-readiness/protocol';
import { children, isTrue, type Element } from '../xml/xml.ts';
import { apiNameOf, parseRoot, requiredText } from './metadataFile.ts';

/** One thing a permission set grants: an agent, class, flow, credential principal or user permission. */
export interface Grant {
  readonly name: string;
  readonly place: Place;
}

export interface ObjectPermission {
  readonly object: string;
  readonly create: boolean;
  readonly read: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  readonly viewAll: boolean;
  readonly modifyAll: boolean;
  readonly place: Place;
}

export interface FieldPermission {
  readonly object: string;
  readonly field: string;
  readonly readable: boolean;
  readonly editable: boolean;
  readonly place: Place;
}

/** What a permission set allows. Entries that it lists as not enabled are left out: they grant nothing. */
export interface PermissionSetFacts {
  readonly name: string;
  readonly place: Place;
  readonly agents: readonly Grant[];
  readonly classes: readonly Grant[];
  readonly flows: readonly Grant[];
  /** `ExternalCredential-Principal`. */
  readonly principals: readonly Grant[];
  readonly userPermissions: readonly Grant[];
  readonly objects: readonly ObjectPermission[];
  readonly fields: readonly FieldPermission[];
}

/** @throws UnreadableError when the file is not a permission set, or an entry does not say what it is about */
export function parsePermissionSet(file: string, text: string): PermissionSetFacts {
  const root = parseRoot(file, text, 'PermissionSet');
  const grants = (list: string, nameElement: string): Grant[] =>
    children(root, list)
      .filter((entry) => isTrue(entry, 'enabled'))
      .map((entry) => ({ name: requiredText(entry, nameElement), place: entry.place }));
  return {
    name: apiNameOf(file),
    place: root.place,
    agents: grants('agentAccesses', 'agentName'),
    classes: grants('classAccesses', 'apexClass'),
    flows: grants('flowAccesses', 'flow'),
    principals: grants('externalCredentialPrincipalAccesses', 'externalCredentialPrincipal'),
    userPermissions: grants('userPermissions', 'name'),
    objects: children(root, 'objectPermissions').map(toObjectPermission),
    fields: children(root, 'fieldPermissions').map(toFieldPermission),
  };
}

function toObjectPermission(entry: Element): ObjectPermission {
  return {
    object: requiredText(entry, 'object'),
    create: isTrue(entry, 'allowCreate'),
    read: isTrue(entry, 'allowRead'),
    edit: isTrue(entry, 'allowEdit'),
    delete: isTrue(entry, 'allowDelete'),
    viewAll: isTrue(entry, 'viewAllRecords'),
    modifyAll: isTrue(entry, 'modifyAllRecords'),
    place: entry.place,
  };
}

function toFieldPermission(entry: Element): FieldPermission {
  const qualified = requiredText(entry, 'field');
  const dot = qualified.indexOf('.');
  const editable = isTrue(entry, 'editable');
  return {
    object: dot === -1 ? '' : qualified.slice(0, dot),
    field: qualified.slice(dot + 1),
    readable: editable || isTrue(entry, 'readable'),
    editable,
    place: entry.place,
  };
}
