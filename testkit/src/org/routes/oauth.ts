import { createPublicKey } from 'node:crypto';
import { decodeJwt, jwtVerify, errors as joseErrors } from 'jose';
import type { HttpRequest, Reply } from '../http/messages.ts';
import type { OrgState } from '../orgState.ts';
import type { OAuthClient } from '../security/clients.ts';
import type { FakeUser } from '../security/users.ts';

/** An error as RFC 6749, section 5.2, has it, with the words of the platform. */
class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }
}

/** Audiences that the platform takes besides the address of the org. */
const loginHosts = ['https://login.salesforce.com', 'https://test.salesforce.com'];

/** `POST /services/oauth2/token`: the flows without a browser. */
export async function tokenReply(org: OrgState, request: HttpRequest, url: string): Promise<Reply> {
  try {
    const form = new URLSearchParams(request.body.toString('utf8'));
    const user = await grant(org, form, url);
    const body = {
      access_token: org.sessions.open(user.id),
      instance_url: url,
      id: `${url}/id/${org.id}/${user.id}`,
      token_type: 'Bearer',
      scope: 'api refresh_token',
      issued_at: String(org.now().getTime()),
    };
    return { status: 200, body };
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const status = error.error === 'invalid_client' ? 401 : 400;
    return { status, body: { error: error.error, error_description: error.message } };
  }
}

/** `POST /services/oauth2/revoke`. */
export function revokeReply(org: OrgState, request: HttpRequest): Reply {
  const form = new URLSearchParams(request.body.toString('utf8'));
  const token = form.get('token') ?? request.query.get('token') ?? '';
  if (org.sessions.revoke(token)) return { status: 200 };
  return { status: 400, body: { error: 'unsupported_token_type', error_description: 'this token is not known' } };
}

async function grant(org: OrgState, form: URLSearchParams, url: string): Promise<FakeUser> {
  switch (form.get('grant_type')) {
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return await jwtBearer(org, form.get('assertion') ?? '', url);
    case 'refresh_token':
      return refresh(org, form);
    case 'client_credentials':
      return clientCredentials(org, form);
    default:
      throw new OAuthError('unsupported_grant_type', 'grant type not supported');
  }
}

async function jwtBearer(org: OrgState, assertion: string, url: string): Promise<FakeUser> {
  const { iss = '', sub = '' } = tryDecode(assertion);
  const client = org.clients.find(iss);
  if (!client?.certificate) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  try {
    await jwtVerify(assertion, createPublicKey(client.certificate), {
      algorithms: ['RS256'],
      audience: [url, `${url}/`, ...loginHosts],
      currentDate: org.now(),
      requiredClaims: ['exp'],
    });
  } catch (error) {
    if (!(error instanceof joseErrors.JOSEError)) throw error;
    throw new OAuthError('invalid_grant', grantProblem(error));
  }
  const user = org.users.find(sub);
  if (!user || !org.users.get(user.id)) throw new OAuthError('invalid_grant', 'user not found');
  if (!client.preauthorized?.includes(sub)) {
    throw new OAuthError('invalid_app_access', 'user is not admin approved to access this app');
  }
  return user;
}

function tryDecode(assertion: string): ReturnType<typeof decodeJwt> {
  try {
    return decodeJwt(assertion);
  } catch {
    throw new OAuthError('invalid_grant', 'invalid assertion');
  }
}

function grantProblem(error: joseErrors.JOSEError): string {
  if (error instanceof joseErrors.JWTExpired) return 'expired assertion';
  if (error instanceof joseErrors.JWTClaimValidationFailed && error.claim === 'aud') return 'audience is invalid';
  return 'invalid assertion';
}

function refresh(org: OrgState, form: URLSearchParams): FakeUser {
  const client = authenticate(org, form, false);
  const userId = org.sessions.userIdOfRefreshToken(form.get('refresh_token') ?? '', client.clientId);
  const user = userId === undefined ? undefined : org.users.get(userId);
  if (!user) throw new OAuthError('invalid_grant', 'expired access/refresh token');
  return user;
}

function clientCredentials(org: OrgState, form: URLSearchParams): FakeUser {
  const client = authenticate(org, form, true);
  const user = client.runAs === undefined ? undefined : org.users.find(client.runAs);
  if (!user) throw new OAuthError('invalid_grant', 'no client credentials user enabled');
  return user;
}

/** @param needsSecret a client that has no secret cannot use the flow */
function authenticate(org: OrgState, form: URLSearchParams, needsSecret: boolean): OAuthClient {
  const client = org.clients.find(form.get('client_id') ?? '');
  if (!client) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  const isPublic = client.clientSecret === undefined;
  if (isPublic ? needsSecret : form.get('client_secret') !== client.clientSecret) {
    throw new OAuthError('invalid_client', 'invalid client credentials');
  }
  return client;
}
