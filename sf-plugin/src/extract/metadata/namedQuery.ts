import type { Place } from '@agent-readiness/protocol';
import { children } from '../xml/xml.ts';
import { apiNameOf, parseRoot, requiredText } from './metadataFile.ts';

/** A SOQL query that is published as an action. */
export interface NamedQueryFacts {
  readonly name: string;
  readonly place: Place;
  readonly query: string;
  readonly parameters: readonly string[];
}

/** @throws UnreadableError when the file is not a named query, or has no query */
export function parseNamedQuery(file: string, text: string): NamedQueryFacts {
  const root = parseRoot(file, text, 'ApiNamedQuery');
  return {
    name: apiNameOf(file),
    place: root.place,
    query: requiredText(root, 'body2'),
    parameters: children(root, 'apiNamedQueryParameters').map((each) => requiredText(each, 'parameterName')),
  };
}
