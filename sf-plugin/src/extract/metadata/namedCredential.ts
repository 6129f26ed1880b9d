import type { Place } from '@agent-readiness/protocol';
import { children, textOf } from '../xml/xml.ts';
import { apiNameOf, parseRoot } from './metadataFile.ts';

/** Where callouts through a named credential go. */
export interface NamedCredentialFacts {
  readonly name: string;
  readonly place: Place;
  /** The endpoint as written; `undefined` where the org, not the metadata, holds it. */
  readonly url: string | undefined;
}

/** @throws UnreadableError when the file is not a named credential */
export function parseNamedCredential(file: string, text: string): NamedCredentialFacts {
  const root = parseRoot(file, text, 'NamedCredential');
  const url = children(root, 'namedCredentialParameters').find((each) => textOf(each, 'parameterType') === 'Url');
  return {
    name: apiNameOf(file),
    place: root.place,
    url: (url && textOf(url, 'parameterValue')) ?? textOf(root, 'endpoint'),
  };
}
