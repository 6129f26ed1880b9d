import type { Request, RequestHandler } from 'express';
import { identify } from '../access.ts';
import type { HttpOptions } from '../options.ts';
import { sendProblem } from '../problems.ts';

const orgs = new WeakMap<Request, string>();

/** Lets an org through: by its token, or by an access token that it got for it. */
export function orgOnly({ tokens, accessTokens, publicUrl }: HttpOptions): RequestHandler {
  return async (request, response, next) => {
    const authorization = request.get('authorization');
    const [, bearer = ''] = /^Bearer ([\w.-]{1,1024})$/i.exec(authorization ?? '') ?? [];
    const caller = identify(tokens, authorization) ?? (await accessTokens.read(bearer));
    if (caller === undefined) {
      // Where such a token is to be had: RFC 9728 section 5.1.
      const metadata = `${publicUrl}/.well-known/oauth-protected-resource/mcp`;
      response.set('WWW-Authenticate', `Bearer resource_metadata="${metadata}"`);
      sendProblem(response, 'unauthenticated');
    } else if (caller.role !== 'org' || caller.org === undefined) {
      sendProblem(response, 'forbidden');
    } else {
      orgs.set(request, caller.org);
      next();
    }
  };
}

/** Which org calls, behind {@link orgOnly}. */
export function orgOf(request: Request): string {
  const org = orgs.get(request);
  if (org === undefined) throw new Error('the route is not protected');
  return org;
}
