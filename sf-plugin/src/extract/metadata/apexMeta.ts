import type { Place } from '@agent-readiness/protocol';
import { UnreadableError } from '../unreadable.ts';
import { parseMetadataXml, textOf } from '../xml/xml.ts';

/** The `-meta.xml` beside a class or trigger. */
export interface ApexMetaFacts {
  readonly place: Place;
  /** E.g. `67`; `undefined` where the file does not say. */
  readonly apiVersion: number | undefined;
  /** `Inactive` and `Deleted` triggers do not fire. */
  readonly status: string | undefined;
}

/** @throws UnreadableError when the file is not the companion of a class or trigger, or its version is no number */
export function parseApexMeta(file: string, text: string): ApexMetaFacts {
  const root = parseMetadataXml(file, text);
  if (root.name !== 'ApexClass' && root.name !== 'ApexTrigger') {
    throw new UnreadableError(root.place, `expected <ApexClass> or <ApexTrigger>, found <${root.name}>`);
  }
  const version = textOf(root, 'apiVersion');
  if (version !== undefined && !/^\d{1,4}(\.\d)?$/.test(version)) {
    throw new UnreadableError(root.place, `<apiVersion> is not a version: ${version}`);
  }
  return {
    place: root.place,
    apiVersion: version === undefined ? undefined : Number(version),
    status: textOf(root, 'status'),
  };
}
