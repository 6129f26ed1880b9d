import type { Place } from '@agent-readiness/protocol';
import { children, textOf, type Element } from '../xml/xml.ts';
import { apiNameOf, parseRoot, requiredText } from './metadataFile.ts';

/** Where callouts through a named credential go. */
export interface NamedCredentialFacts {
  readonly name: string;
  readonly place: Place;
  /** The endpoint as written; `undefined` where the org, not the metadata, holds it. */
  readonly url: string | undefined;
  /** The external credential that authenticates; a legacy credential has none. */
  readonly externalCredential: string | undefined;
  readonly calloutsEnabled: boolean;
}

/** @throws UnreadableError when the file is not a named credential */
export function parseNamedCredential(file: string, text: string): NamedCredentialFacts {
  const root = parseRoot(file, text, 'NamedCredential');
  const parameter = (type: string): Element | undefined =>
    children(root, 'namedCredentialParameters').find((each) => textOf(each, 'parameterType') === type);
  const url = parameter('Url');
  const authentication = parameter('Authentication');
  return {
    name: apiNameOf(file),
    place: root.place,
    url: (url && textOf(url, 'parameterValue')) ?? textOf(root, 'endpoint'),
    externalCredential: authentication && textOf(authentication, 'externalCredential'),
    calloutsEnabled: textOf(root, 'calloutStatus')?.toLowerCase() !== 'disabled',
  };
}

/** In whose name an external credential authenticates: `NamedPrincipal` is one identity for everybody. */
export interface Principal {
  readonly name: string;
  readonly type: string;
  readonly place: Place;
}

export interface ExternalCredentialFacts {
  readonly name: string;
  readonly place: Place;
  readonly protocol: string;
  readonly principals: readonly Principal[];
}

/** @throws UnreadableError when the file is not an external credential, or a principal has no name */
export function parseExternalCredential(file: string, text: string): ExternalCredentialFacts {
  const root = parseRoot(file, text, 'ExternalCredential');
  return {
    name: apiNameOf(file),
    place: root.place,
    protocol: requiredText(root, 'authenticationProtocol'),
    principals: children(root, 'externalCredentialParameters').flatMap((each): readonly Principal[] => {
      const type = textOf(each, 'parameterType');
      if (!type?.endsWith('Principal')) return [];
      // The group is what permission sets call the principal; the parameter name may repeat its type.
      const name = textOf(each, 'parameterGroup') ?? requiredText(each, 'parameterName');
      return [{ name, type, place: each.place }];
    }),
  };
}
