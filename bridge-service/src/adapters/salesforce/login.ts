import { importPKCS8, SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import { send, type Sent } from './send.ts';

/** How the bridge logs in as the integration user. */
export interface OrgLogin {
  /** My Domain, `https://example.my.salesforce.com`, without a slash at its end. */
  readonly url: string;
  /** Consumer key of the external client app. */
  readonly clientId: string;
  /** Client credentials (RFC 6749 section 4.4), or a JWT (RFC 7523) for `username`, signed with a PKCS #8 key in PEM. */
  readonly proof:
    | { readonly kind: 'secret'; readonly clientSecret: string }
    | { readonly kind: 'key'; readonly username: string; readonly privateKey: string };
}

export interface OrgSession {
  readonly instanceUrl: string;
  readonly accessToken: string;
}

const assertionSeconds = 180;

const tokenSchema = z.object({ access_token: z.string().min(1), instance_url: z.url() });

/** Codes of RFC 6749 section 5.2, and of the platform. */
const refusalSchema = z.object({ error: z.string().regex(/^[a-z_]{1,60}$/) });

/** Asks for a session. Undefined when the org gives none. */
export async function logIn(
  login: OrgLogin,
  clock: Pick<Clock, 'nowMs'>,
  signal: AbortSignal,
): Promise<OrgSession | undefined> {
  return sessionIn(await askForSession(login, clock, signal));
}

/**
 * Whether the org lets the bridge in: `open`, the code of its refusal, or how far the request came.
 */
export async function tryLogin(
  login: OrgLogin,
  clock: Pick<Clock, 'nowMs'>,
  signal: AbortSignal,
): Promise<{ readonly kind: 'open' | 'unsent' | 'unknown' } | { readonly kind: 'refused'; readonly code: string }> {
  const sent = await askForSession(login, clock, signal);
  if (sent.kind !== 'answered') return { kind: sent.kind };
  if (sessionIn(sent) !== undefined) return { kind: 'open' };
  const refusal = refusalSchema.safeParse(sent.body);
  return refusal.success ? { kind: 'refused', code: refusal.data.error } : { kind: 'unknown' };
}

async function askForSession(login: OrgLogin, clock: Pick<Clock, 'nowMs'>, signal: AbortSignal): Promise<Sent> {
  const body = new URLSearchParams(await grantOf(login, clock));
  return send(`${login.url}/services/oauth2/token`, { method: 'POST', body }, signal);
}

function sessionIn(sent: Sent): OrgSession | undefined {
  const token = tokenSchema.safeParse(sent.kind === 'answered' && sent.status === 200 ? sent.body : undefined);
  return token.success
    ? { instanceUrl: token.data.instance_url.replace(/\/$/, ''), accessToken: token.data.access_token }
    : undefined;
}

async function grantOf(
  { url, clientId, proof }: OrgLogin,
  clock: Pick<Clock, 'nowMs'>,
): Promise<Readonly<Record<string, string>>> {
  if (proof.kind === 'secret') {
    return { grant_type: 'client_credentials', client_id: clientId, client_secret: proof.clientSecret };
  }
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(clientId)
    .setSubject(proof.username)
    .setAudience(url)
    .setExpirationTime(Math.floor(clock.nowMs() / 1_000) + assertionSeconds)
    .sign(await importPKCS8(proof.privateKey, 'RS256'));
  return { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
}
