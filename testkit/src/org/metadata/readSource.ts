import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { XmlElement } from '@rgrove/parse-xml';
import type { ObjectDefinition } from '../schema/objectType.ts';
import type { Grants } from '../security/grants.ts';
import { rootElement } from '../xml.ts';
import { fieldsFromMetadata, objectFromMetadata } from './customObject.ts';
import { grantsFromMetadata } from './permissionSet.ts';

/** What projects in source format bring to an org without a deployment. */
export interface Source {
  readonly objects: readonly ObjectDefinition[];
  /** By name. */
  readonly permissionSets: Readonly<Record<string, Grants>>;
}

/** Reads the objects and permission sets below folders, such as `force-app`. */
export function readSource(folders: readonly string[]): Source {
  const paths = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => join(folder, path))
      .sort(),
  );
  const read = (path: string): XmlElement => rootElement(readFileSync(path, 'utf8'));
  const objects = paths
    .filter((path) => path.endsWith('.object-meta.xml'))
    .map((path) => objectFromMetadata(basename(path, '.object-meta.xml'), read(path), []));
  const fields = paths
    .filter((path) => path.endsWith('.field-meta.xml'))
    .map((path) => ({ name: basename(dirname(dirname(path))), fields: fieldsFromMetadata([read(path)]) }));
  const permissionSets = paths
    .filter((path) => path.endsWith('.permissionset-meta.xml'))
    .map((path) => [basename(path, '.permissionset-meta.xml'), grantsFromMetadata(read(path))] as const);
  return { objects: [...objects, ...fields], permissionSets: Object.fromEntries(permissionSets) };
}
