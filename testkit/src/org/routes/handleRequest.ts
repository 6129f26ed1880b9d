import { notFound, SalesforceError } from '../errors.ts';
import { bearerToken, parseJson, type HttpRequest, type Reply } from '../http/messages.ts';
import type { OrgState } from '../orgState.ts';
import { actionReply } from './actions.ts';
import { apexRestReply } from './apexRest.ts';
import { dispatchAndCommit } from './dataApi.ts';
import { identityReply } from './identity.ts';
import { deployRequest } from './metadataRest.ts';
import { revokeReply, tokenReply } from './oauth.ts';
import { soapReply } from './soap.ts';

/**
 * Every door of the org.
 *
 * @param url address of the org, without a slash at its end
 * @throws SalesforceError
 */
export async function handleRequest(org: OrgState, request: HttpRequest, url: string): Promise<Reply> {
  const { method, path } = request;
  if (path === '/services/oauth2/token' && method === 'POST') return await tokenReply(org, request, url);
  if (path === '/services/oauth2/revoke' && method === 'POST') return revokeReply(org, request);
  if (path === '/services/data') return versionList(org);
  if (path.startsWith('/services/Soap/')) return soapReply(org, request);

  const userId = authenticate(org, request);
  if (path === '/services/oauth2/userinfo' || path.startsWith('/id/')) return identityReply(org, userId, url);
  countRequest(org);
  const [, version, below = ''] = /^\/services\/data\/v(\d+)\.0(\/.*)?$/.exec(path) ?? [];
  if (version !== undefined && Number(version) <= Number(org.settings.apiVersion)) {
    if (below === '/metadata/deployRequest' && method === 'POST') return await deployRequest(org, request, userId);
    const [, action] = /^\/actions\/custom\/apex\/(\w+)$/.exec(below) ?? [];
    if (action !== undefined && method === 'POST') return await actionReply(org, request, userId, action);
    return dataReply(org, request, userId, {
      basePath: `/services/data/v${version}.0`,
      path: below.replace(/\/$/, ''),
    });
  }
  if (path.startsWith('/services/apexrest/')) return await apexRestReply(org, request, userId);
  throw notFound();
}

function authenticate(org: OrgState, request: HttpRequest): string {
  const userId = org.sessions.userIdOf(bearerToken(request) ?? '');
  if (userId === undefined || !org.users.get(userId)) {
    throw new SalesforceError('INVALID_SESSION_ID', 'Session expired or invalid');
  }
  if (!org.users.accessOf(userId).has('ApiEnabled')) {
    throw new SalesforceError('API_DISABLED_FOR_ORG', 'API is not enabled for this Organization or Partner');
  }
  return userId;
}

function countRequest(org: OrgState): void {
  if (org.apiRequests >= org.settings.dailyApiRequests) {
    throw new SalesforceError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  }
  org.apiRequests += 1;
}

/** The newest version and the ten before it; older ones answer all the same. */
function versionList({ settings }: OrgState): Reply {
  const newest = Number(settings.apiVersion);
  const versions = Array.from({ length: 11 }, (_, index) => `${newest - 10 + index}.0`);
  const body = versions.map((version) => ({ label: `v${version}`, url: `/services/data/v${version}`, version }));
  return { status: 200, body };
}

function dataReply(
  org: OrgState,
  request: HttpRequest,
  userId: string,
  { basePath, path }: { readonly basePath: string; readonly path: string },
): Reply {
  const { query, headers } = request;
  // Clients that cannot send PATCH say so in a parameter.
  const method = query.get('_HttpMethod') ?? request.method;
  const text = request.body.toString('utf8');
  const body = headers['content-type']?.startsWith('text/csv') ? text : parseJson(text);
  const access = org.users.accessOf(userId);
  const reply = dispatchAndCommit({ method, path, query, headers, body, basePath, org, access });
  const { dailyApiRequests } = org.settings;
  const usage = { 'sforce-limit-info': `api-usage=${org.apiRequests}/${dailyApiRequests}` };
  return { ...reply, headers: { ...usage, ...reply.headers } };
}
