import { zipSync } from 'fflate';
import type { OrgState } from '../orgState.ts';
import { toXml, type XmlValue } from '../xml.ts';
import type { Member } from './manifest.ts';
import { componentOf, metadataTypes } from './metadataTypes.ts';

const metadataNamespace = 'http://soap.sforce.com/2006/04/metadata';

/** The earliest date that a zip archive can hold: the same content gives the same bytes. */
const mtime = new Date(1980, 0, 1);

export interface RetrieveOptions {
  readonly members: readonly Member[];
  /** `68.0`. */
  readonly version: string;
  /** Without the folder `unpackaged` around the files. */
  readonly singlePackage: boolean;
}

/**
 * Packs what was deployed and is asked for. A part, like a field, brings the whole file of its object.
 *
 * @returns the id of the job; it is finished
 */
export function retrieve(org: OrgState, { members, version, singlePackage }: RetrieveOptions): string {
  const root = singlePackage ? '' : 'unpackaged/';
  const found = org.metadata.files.filter(([path]) => members.some((member) => isWanted(path, member)));
  const missing = members.filter(
    (member) => member.fullName !== '*' && !found.some(([path]) => isWanted(path, member)),
  );
  const named = members.filter((member) => !missing.includes(member));
  const manifest = new TextEncoder().encode(manifestXml(named, version));
  const entries = [...found.map(([path, content]) => [`${root}${path}`, content]), [`${root}package.xml`, manifest]];
  const id = org.ids.next('09S');
  org.metadata.jobs.set(id, {
    id,
    done: true,
    success: true,
    status: 'Succeeded',
    fileProperties: found.flatMap(([path]) => fileProperties(org, path, root)),
    messages: missing.map(({ type, fullName }) => ({
      fileName: `${root}package.xml`,
      problem: `Entity of type '${type}' named '${fullName}' cannot be found`,
    })),
    zipFile: Buffer.from(zipSync(Object.fromEntries(entries) as Record<string, Uint8Array>, { mtime })).toString(
      'base64',
    ),
  });
  return id;
}

/** What `listMetadata` answers for one type. */
export function listMetadata(org: OrgState, type: string): readonly XmlValue[] {
  const wanted = org.metadata.files.filter(([path]) => {
    const component = componentOf(path);
    return component?.type.xmlName === type && !path.endsWith('-meta.xml');
  });
  const perComponent = new Map(wanted.map(([path]) => [componentOf(path)?.fullName, path]));
  return [...perComponent.values()].flatMap((path) => fileProperties(org, path, ''));
}

/** What `describeMetadata` answers. */
export function describeMetadata(): XmlValue {
  return {
    metadataObjects: metadataTypes.map(({ xmlName, directoryName, suffix, metaFile = false, parts = {} }) => ({
      xmlName,
      directoryName,
      suffix,
      metaFile,
      inFolder: false,
      childXmlNames: Object.keys(parts),
    })),
    organizationNamespace: '',
    partialSaveAllowed: true,
    testRequired: false,
  };
}

function isWanted(path: string, { type, fullName }: Member): boolean {
  const component = componentOf(path);
  if (!component) return false;
  if (component.type.xmlName === type) return fullName === '*' || component.fullName === fullName;
  return component.type.parts?.[type] !== undefined && fullName.split('.')[0] === component.fullName;
}

function fileProperties(org: OrgState, path: string, root: string): XmlValue[] {
  const component = componentOf(path);
  if (!component) return [];
  const by = org.users.administrator;
  const at = org.now().toISOString();
  return [
    {
      createdById: by.id,
      createdByName: 'Administrator',
      createdDate: at,
      fileName: root + path,
      fullName: component.fullName,
      id: '',
      lastModifiedById: by.id,
      lastModifiedByName: 'Administrator',
      lastModifiedDate: at,
      manageableState: 'unmanaged',
      type: component.type.xmlName,
    },
  ];
}

function manifestXml(members: readonly Member[], version: string): string {
  const types = [...Map.groupBy(members, ({ type }) => type)].map(([name, named]) => ({
    members: named.map(({ fullName }) => fullName),
    name,
  }));
  const content = toXml('types', types) + toXml('version', version);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="${metadataNamespace}">${content}</Package>\n`;
}
