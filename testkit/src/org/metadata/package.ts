import { unzipSync } from 'fflate';
import { childText, children, rootElement } from '../xml.ts';
import { membersOf, type Member } from './manifest.ts';
import { componentOf, metadataTypes } from './metadataTypes.ts';

/** The files of a package by path, without its manifest, and what the manifest names. */
export interface MetadataPackage {
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly members: readonly Member[];
}

export interface ComponentProblem {
  readonly fileName: string;
  readonly fullName: string;
  readonly componentType: string;
  readonly problem: string;
}

/** Throws an Error that says why when the archive is no package. */
export function openPackage(zip: Uint8Array): MetadataPackage {
  const entries = Object.entries(unzipSync(zip)).filter(([path]) => !path.endsWith('/'));
  const manifest = entries.map(([path]) => path).find((path) => /^([^/]+\/)?package\.xml$/.test(path));
  if (manifest === undefined) throw new Error('No package.xml found');
  const root = manifest.slice(0, -'package.xml'.length);
  const inside = entries.filter(([path]) => path.startsWith(root) && path !== manifest);
  const text = entries.find(([path]) => path === manifest)?.[1];
  return {
    files: Object.fromEntries(inside.map(([path, content]) => [path.slice(root.length), content])),
    members: membersOf(rootElement(new TextDecoder().decode(text))),
  };
}

/** What can be seen without the platform: names, places and form of the files. */
export function findProblems({ files, members }: MetadataPackage): readonly ComponentProblem[] {
  return [
    ...members.flatMap((member) => problemOfMember(member, files)),
    ...Object.entries(files).flatMap(([path, content]) => problemOfFile(path, content, members)),
  ];
}

function problemOfMember({ type, fullName }: Member, files: MetadataPackage['files']): ComponentProblem[] {
  const report = (problem: string): ComponentProblem[] => [
    { fileName: 'package.xml', fullName, componentType: type, problem },
  ];
  if (fullName === '*') return [];
  const topLevel = metadataTypes.find(({ xmlName }) => xmlName === type);
  const owner = topLevel ?? metadataTypes.find(({ parts }) => parts?.[type] !== undefined);
  if (!owner) return report(`Unknown type name '${type}' specified in package.xml (this fake org does not know it)`);
  const isThere = topLevel
    ? Object.keys(files).some((path) => {
        const component = componentOf(path);
        return component?.type.xmlName === type && component.fullName === fullName;
      })
    : hasPart(files, owner.directoryName, owner.parts?.[type] ?? '', fullName);
  if (isThere) return [];
  return report(
    `An object '${fullName}' of type ${type} was named in package.xml, but was not found in zipped directory`,
  );
}

/** Whether a file holds a part: `fields` with the name `Amount__c` in the file of `Refund__c`. */
function hasPart(files: MetadataPackage['files'], directory: string, element: string, fullName: string): boolean {
  const name = fullName.split('.').at(-1);
  return Object.entries(files).some(([path, content]) => {
    const component = componentOf(path);
    if (component?.type.directoryName !== directory) return false;
    if (fullName.includes('.') && component.fullName !== fullName.split('.')[0]) return false;
    const root = tryRoot(content);
    return root !== undefined && children(root, element).some((part) => childText(part, 'fullName') === name);
  });
}

function problemOfFile(path: string, content: Uint8Array, members: readonly Member[]): ComponentProblem[] {
  const component = componentOf(path);
  const { type, fullName = '' } = component ?? {};
  const report = (problem: string): ComponentProblem[] => [
    { fileName: path, fullName, componentType: type?.xmlName ?? '', problem },
  ];
  const isXml = path.endsWith('-meta.xml') || (type?.suffix !== undefined && !type.metaFile);
  if (isXml && tryRoot(content) === undefined) return report('Error parsing file: it is not well-formed XML');
  if (!type) return [];
  const own = [type.xmlName, ...Object.keys(type.parts ?? {})];
  const isNamed = members.some(
    (member) =>
      own.includes(member.type) &&
      [fullName, '*'].some((name) => member.fullName === name || member.fullName.startsWith(`${name}.`)),
  );
  return isNamed || type.parts !== undefined ? [] : report('Not in package.xml');
}

function tryRoot(content: Uint8Array): ReturnType<typeof rootElement> | undefined {
  try {
    return rootElement(new TextDecoder().decode(content));
  } catch {
    return undefined;
  }
}
