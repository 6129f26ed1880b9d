import express, { Router, type Request, type Response } from 'express';
import { identify, type AccessToken } from '../access.ts';
import { bodies } from '../contract/schemas.ts';
import { lifetimeSeconds } from '../oauth/accessTokens.ts';
import type { HttpOptions } from '../options.ts';

/**
 * OAuth 2.0 client credentials (RFC 6749 section 4.4), the one way in that MCP for Agentforce has. The client
 * is a token of the role org: its name is the client id, and itself the secret.
 *
 * - `POST /oauth/token`: an access token for a few minutes.
 * - `GET /.well-known/oauth-authorization-server` (RFC 8414) and
 *   `GET /.well-known/oauth-protected-resource/mcp` (RFC 9728): where to get it, and what for.
 */
export function oauthRoutes({ tokens, accessTokens, publicUrl }: HttpOptions): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: 4_096, inflate: false, parameterLimit: 20 });

  router.post('/oauth/token', form, async (request, response) => {
    const body = bodies.TokenRequest.safeParse(request.body);
    if (!body.success) {
      refuse(response, 400, 'invalid_request');
      return;
    }
    const client = clientOf(tokens, credentialsOf(request) ?? body.data);
    if (client === undefined) refuse(response, 401, 'invalid_client');
    else if (body.data.grant_type !== 'client_credentials') refuse(response, 400, 'unsupported_grant_type');
    else {
      const access_token = await accessTokens.issue(client);
      response.json({ access_token, token_type: 'Bearer', expires_in: lifetimeSeconds });
    }
  });

  router.get('/.well-known/oauth-authorization-server', (_request, response) => {
    response.json({
      issuer: publicUrl,
      // Nothing is there, and nobody is sent there: the SDK of MCP wants it named also where no grant uses it.
      authorization_endpoint: `${publicUrl}/oauth/authorize`,
      token_endpoint: `${publicUrl}/oauth/token`,
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    });
  });

  router.get('/.well-known/oauth-protected-resource/mcp', (_request, response) => {
    response.json({
      resource: `${publicUrl}/mcp`,
      authorization_servers: [publicUrl],
      bearer_methods_supported: ['header'],
    });
  });

  return router;
}

interface Credentials {
  readonly client_id?: string | undefined;
  readonly client_secret?: string | undefined;
}

/** RFC 6749 section 2.3.1: both parts are form-encoded before they are joined. */
function credentialsOf(request: Request): Credentials | undefined {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]{1,2048})$/i.exec(request.get('authorization') ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  const form = new URLSearchParams(`id=${id}&secret=${secret}`);
  return { client_id: form.get('id') ?? '', client_secret: form.get('secret') ?? '' };
}

function clientOf(tokens: readonly AccessToken[], { client_id, client_secret }: Credentials): AccessToken | undefined {
  const client = identify(tokens, `Bearer ${client_secret ?? ''}`);
  return client?.role === 'org' && client.name === client_id ? client : undefined;
}

/** RFC 6749 section 5.2. */
function refuse(response: Response, status: 400 | 401, error: string): void {
  if (status === 401) response.set('WWW-Authenticate', 'Basic realm="bridge"');
  response.status(status).json({ error });
}
