import { hkdfSync } from 'node:crypto';
import type { Config } from '../config/schema.ts';
import { createAccessTokens, type AccessTokens } from '../http/oauth/accessTokens.ts';
import type { Clock } from '../ports/clock.ts';

/** Where callers reach the bridge: it is known by its party name unless the settings say otherwise. */
export function publicUrlOf({ publicUrl, party }: Config): string {
  return (publicUrl ?? party).replace(/\/+$/, '');
}

/** Access tokens under a key of their own, which every replica derives from the master key. */
export function orgTokens(config: Config, clock: Clock): AccessTokens {
  const master = Buffer.from(config.masterKey.reveal(), 'base64');
  const key = new Uint8Array(hkdfSync('sha256', master, '', 'access tokens', 32));
  return createAccessTokens({ key, issuer: publicUrlOf(config), clients: config.tokens, clock });
}
