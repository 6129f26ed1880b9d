import type { Place } from '@agent-readiness/protocol';
import { UnreadableError } from '../unreadable.ts';
import { child, children, textOf, type Element } from '../xml/xml.ts';
import { apiNameOf, parseRoot, requiredText } from './metadataFile.ts';
import { parseOpenApi, type OpenApiFacts, type OpenApiOperation } from './openApi.ts';

export interface ServiceOperation {
  readonly name: string;
  readonly place: Place;
  /** Method and path; `undefined` where the schema does not describe the operation. */
  readonly request: { readonly verb: string; readonly path: string } | undefined;
}

/** A registered service. What it stands for depends on `providerType`. */
export interface ExternalServiceFacts {
  readonly name: string;
  readonly place: Place;
  /** As the metadata spells it: `Custom`, `ApexRest`, `ModelContextProtocol`, …; empty where it does not say. */
  readonly providerType: string;
  /** The Apex class or named query behind the service. */
  readonly providerAsset: string | undefined;
  readonly namedCredential: string | undefined;
  /** The address that the schema gives, for a service without a named credential. */
  readonly server: string | undefined;
  /** Operations that are switched on. */
  readonly operations: readonly ServiceOperation[];
}

/** @throws UnreadableError when the file is not a registration, or its schema is neither JSON nor YAML */
export function parseExternalService(file: string, text: string): ExternalServiceFacts {
  const root = parseRoot(file, text, 'ExternalServiceRegistration');
  const schema = child(root, 'schema');
  const api = schemaFacts(schema);
  return {
    name: apiNameOf(file),
    place: root.place,
    providerType: textOf(root, 'registrationProviderType') ?? '',
    providerAsset: textOf(root, 'registrationProviderAsset'),
    namedCredential: textOf(root, 'namedCredentialReference') ?? textOf(root, 'namedCredential'),
    server: api.server ?? textOf(root, 'schemaAbsoluteUrl') ?? textOf(root, 'providerAssetEndpoint'),
    operations: operationsOf(root, schema, api.operations),
  };
}

function schemaFacts(schema: Element | undefined): OpenApiFacts {
  if (!schema || schema.text === '') return { server: undefined, operations: [] };
  try {
    return parseOpenApi(schema.text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new UnreadableError(schema.place, 'the schema is neither JSON nor YAML');
    throw error;
  }
}

function operationsOf(
  root: Element,
  schema: Element | undefined,
  described: readonly OpenApiOperation[],
): ServiceOperation[] {
  const listed = children(root, 'operations');
  if (listed.length === 0) {
    const place = schema?.place ?? root.place;
    return described.map(({ id, verb, path }) => ({ name: id || `${verb} ${path}`, place, request: { verb, path } }));
  }
  const byName = new Map<string, OpenApiOperation | undefined>();
  for (const each of described) {
    const key = normalised(each.id || each.verb + each.path);
    // Two operations that cannot be told apart are as good as undescribed.
    byName.set(key, byName.has(key) ? undefined : each);
  }
  return listed
    .filter((entry) => textOf(entry, 'active')?.toLowerCase() !== 'false')
    .map((entry) => {
      const name = requiredText(entry, 'name');
      const found = byName.get(normalised(name));
      return { name, place: entry.place, request: found && { verb: found.verb, path: found.path } };
    });
}

/** Registration turns an operation id into an API name, so only letters and digits are comparable. */
function normalised(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
