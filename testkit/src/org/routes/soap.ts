import type { XmlElement } from '@rgrove/parse-xml';
import { SalesforceError } from '../errors.ts';
import type { HttpRequest, Reply } from '../http/messages.ts';
import { deploy } from '../metadata/deploy.ts';
import { membersOf } from '../metadata/manifest.ts';
import { describeMetadata, listMetadata, retrieve } from '../metadata/retrieve.ts';
import type { OrgState } from '../orgState.ts';
import { children, childText, elements, localName, rootElement, toXml, type XmlValue } from '../xml.ts';

const namespaces = { m: 'http://soap.sforce.com/2006/04/metadata', s: 'http://soap.sforce.com/2006/08/apex' } as const;

/** A call of the SOAP Metadata API; every other SOAP API is refused in its own language. */
export function soapReply(org: OrgState, request: HttpRequest): Reply {
  const api = request.path.startsWith('/services/Soap/m/') ? 'm' : 's';
  try {
    const { operation, sessionId } = readEnvelope(request.body.toString('utf8'));
    const userId = org.sessions.userIdOf(sessionId);
    if (userId === undefined)
      throw new SalesforceError('INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader');
    if (api === 's') throw new SalesforceError('FUNCTIONALITY_NOT_ENABLED', 'This is a fake org: it runs no Apex');
    const result = run(org, operation, userId);
    const response = `<${localName(operation)}Response>${toXml('result', result)}</${localName(operation)}Response>`;
    return envelope(200, namespaces[api], response);
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    const { errorCode, message } = error;
    const fault = { faultcode: `sf:${errorCode}`, faultstring: `${errorCode}: ${message}` };
    return envelope(500, namespaces[api], toXml('soapenv:Fault', fault));
  }
}

function run(org: OrgState, operation: XmlElement, userId: string): XmlValue {
  if (!org.users.accessOf(userId).has('ModifyMetadata')) {
    throw new SalesforceError(
      'INSUFFICIENT_ACCESS',
      'use of the Metadata API requires a user with the ModifyMetadata permission',
    );
  }
  switch (localName(operation)) {
    case 'deploy': {
      const [options] = children(operation, 'DeployOptions');
      const checkOnly = options !== undefined && childText(options, 'checkOnly') === 'true';
      const zip = Buffer.from(childText(operation, 'ZipFile') ?? '', 'base64');
      return { done: false, id: deploy(org, zip, { checkOnly }, userId), state: 'Queued' };
    }
    case 'checkDeployStatus':
    case 'checkRetrieveStatus':
      return jobResult(org, childText(operation, 'asyncProcessId') ?? childText(operation, 'id') ?? '');
    case 'retrieve': {
      const [asked] = children(operation, 'request').concat(children(operation, 'retrieveRequest'));
      const [unpackaged] = asked ? children(asked, 'unpackaged') : [];
      const version = (asked && childText(asked, 'apiVersion')) ?? org.settings.apiVersion;
      const singlePackage = asked !== undefined && childText(asked, 'singlePackage') === 'true';
      const members = unpackaged ? membersOf(unpackaged) : [];
      return { done: false, id: retrieve(org, { members, version, singlePackage }), state: 'Queued' };
    }
    case 'listMetadata':
      return children(operation, 'queries').flatMap((query) => listMetadata(org, childText(query, 'type') ?? ''));
    case 'describeMetadata':
      return describeMetadata();
    default:
      throw new SalesforceError('FUNCTIONALITY_NOT_ENABLED', `This fake org does not know ${localName(operation)}`);
  }
}

function jobResult(org: OrgState, id: string): XmlValue {
  const result = org.metadata.jobs.get(id);
  if (!result) throw new SalesforceError('INVALID_CROSS_REFERENCE_KEY', `no job with id ${id}`);
  return result;
}

function readEnvelope(text: string): { operation: XmlElement; sessionId: string } {
  const root = tryParse(text);
  const [header] = children(root, 'Header');
  const [session] = header ? children(header, 'SessionHeader') : [];
  const [body] = children(root, 'Body');
  const [operation] = body ? elements(body) : [];
  if (!operation) throw new SalesforceError('MISSING_ARGUMENT', 'No operation in the SOAP body');
  return { operation, sessionId: (session && childText(session, 'sessionId')) ?? '' };
}

function tryParse(text: string): XmlElement {
  try {
    return rootElement(text);
  } catch (error) {
    throw new SalesforceError('MISSING_ARGUMENT', error instanceof Error ? error.message : String(error));
  }
}

function envelope(status: number, namespace: string, content: string): Reply {
  const attributes =
    `xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${namespace}" ` +
    `xmlns:sf="http://soap.sforce.com/2006/04/metadata"`;
  const body = `<soapenv:Envelope ${attributes}><soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>`;
  return { status, body: `<?xml version="1.0" encoding="UTF-8"?>${body}`, contentType: 'text/xml;charset=UTF-8' };
}
