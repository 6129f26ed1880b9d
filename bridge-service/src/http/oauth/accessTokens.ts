import { createHmac } from 'node:crypto';
import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '../../ports/clock.ts';
import type { AccessToken } from '../access.ts';

/** How long an access token serves, in seconds. */
export const lifetimeSeconds = 300;

export interface AccessTokensOptions {
  /** 32 bytes, the same on every replica. */
  readonly key: Uint8Array;
  /** Who issues them and who takes them: the bridge. */
  readonly issuer: string;
  readonly clients: readonly AccessToken[];
  readonly clock: Clock;
}

/** Short-lived tokens (RFC 9068) for clients that have shown their secret. Nothing is stored. */
export interface AccessTokens {
  readonly issue: (client: AccessToken) => Promise<string>;
  /** Who it was issued to, as the settings have them now; undefined for a token that does not hold. */
  readonly read: (token: string) => Promise<AccessToken | undefined>;
}

export function createAccessTokens({ key, issuer, clients, clock }: AccessTokensOptions): AccessTokens {
  // A key for each secret: with another secret, or without the client, what was issued before holds no more.
  const keyOf = ({ name, sha256 }: AccessToken) => createHmac('sha256', key).update(`${name} ${sha256}`).digest();
  const now = () => Math.floor(clock.nowMs() / 1_000);
  return {
    issue: (client) =>
      new SignJWT({ client_id: client.name })
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
        .setIssuer(issuer)
        .setAudience(issuer)
        .setIssuedAt(now())
        .setExpirationTime(now() + lifetimeSeconds)
        .sign(keyOf(client)),
    async read(token) {
      try {
        const { client_id: name } = decodeJwt(token);
        const client = clients.find((known) => known.name === name);
        if (client === undefined) return undefined;
        await jwtVerify(token, keyOf(client), {
          algorithms: ['HS256'],
          typ: 'at+jwt',
          issuer,
          audience: issuer,
          currentDate: new Date(clock.nowMs()),
          requiredClaims: ['exp', 'iat'],
        });
        return client;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}
