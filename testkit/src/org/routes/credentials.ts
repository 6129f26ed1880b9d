import { notFound, SalesforceError } from '../errors.ts';
import type { Reply } from '../http/messages.ts';
import type { OrgState } from '../orgState.ts';
import { isObject, type DataRequest, type DataRoute } from './dataRequest.ts';

const pattern = '/named-credentials/credential';

/** The values of a principal of an external credential (Connect REST API, "Credential"): written, and never read back. */
export const credentialRoutes: readonly DataRoute[] = [
  {
    method: 'GET',
    pattern,
    handle: ({ org, query }) => {
      const names = { credential: query.get('externalCredential'), principal: query.get('principalName') };
      return { status: 200, body: describe(org, String(names.credential), String(names.principal)) };
    },
  },
  { method: 'POST', pattern, handle: (request) => write(request, 201, false) },
  { method: 'PUT', pattern, handle: (request) => write(request, 200, true) },
];

function write({ org, body }: DataRequest, status: number, replaces: boolean): Reply {
  if (!isObject(body) || !isObject(body['credentials'])) throw new SalesforceError('JSON_PARSER_ERROR', 'credentials');
  const [credential, principal] = [String(body['externalCredential']), String(body['principalName'])];
  mustExist(org, credential);
  const key = `${credential} ${principal}`;
  if (org.credentials.has(key) !== replaces) throw new SalesforceError('INVALID_FIELD', 'create once, then replace');
  const values = Object.entries(body['credentials']).map(([name, value]) => [
    name,
    isObject(value) ? String(value['value']) : '',
  ]);
  org.credentials.set(key, Object.fromEntries(values) as Record<string, string>);
  return { status, body: describe(org, credential, principal) };
}

function describe(org: OrgState, externalCredential: string, principalName: string): object {
  mustExist(org, externalCredential);
  const values = org.credentials.get(`${externalCredential} ${principalName}`);
  return {
    authenticationProtocol: 'Custom',
    authenticationStatus: values === undefined ? 'Unconfigured' : 'Configured',
    credentials: Object.fromEntries(Object.keys(values ?? {}).map((name) => [name, { encrypted: true, value: null }])),
    externalCredential,
    principalName,
    principalType: 'NamedPrincipal',
  };
}

function mustExist(org: OrgState, externalCredential: string): void {
  if (!org.metadata.has('ExternalCredential', externalCredential)) throw notFound();
}
