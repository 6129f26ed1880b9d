import type { JsonValue } from '../../domain/json.ts';
import type { Clock } from '../../ports/clock.ts';
import { errorCodesOf } from './errorCodes.ts';
import { logIn, type OrgLogin, type OrgSession } from './login.ts';
import { send, type Sent } from './send.ts';

export interface OrgClientOptions {
  readonly login: OrgLogin;
  /** `68.0`. */
  readonly apiVersion: string;
  readonly clock: Clock;
  /** How long one request may take. */
  readonly timeoutMs: number;
}

/** Requests to one org, with a session that is renewed when it has ended. */
export interface OrgClient {
  /** `/services/data/v68.0`. */
  readonly basePath: string;
  /** `unsent` also when the org lets nobody in. `path` begins with `/services/`. */
  readonly post: (path: string, body: JsonValue, signal: AbortSignal) => Promise<Sent>;
  readonly get: (path: string, signal: AbortSignal) => Promise<Sent>;
}

export function createOrgClient({ login, apiVersion, clock, timeoutMs }: OrgClientOptions): OrgClient {
  let session: Promise<OrgSession | undefined> | undefined;

  const within = async <T>(signal: AbortSignal, work: (limited: AbortSignal) => Promise<T>): Promise<T> => {
    const { signal: late, cancel } = clock.deadline(timeoutMs);
    try {
      return await work(AbortSignal.any([signal, late]));
    } finally {
      cancel();
    }
  };

  /** One log-in for all who wait; a failed one is not kept, and no caller's signal ends it for the others. */
  const openSession = async (): Promise<OrgSession | undefined> => {
    session ??= within(new AbortController().signal, (limited) => logIn(login, clock, limited));
    const opening = session;
    const opened = await opening;
    if (opened === undefined && session === opening) session = undefined;
    return opened;
  };

  const sendOnce = async (
    path: string,
    body: JsonValue | undefined,
    signal: AbortSignal,
  ): Promise<{ readonly sent: Sent; readonly used: typeof session }> => {
    const opened = await openSession();
    const used = session;
    if (opened === undefined) return { sent: { kind: 'unsent' }, used };
    const headers = { authorization: `Bearer ${opened.accessToken}`, 'content-type': 'application/json' };
    const request = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    return { sent: await within(signal, (limited) => send(`${opened.instanceUrl}${path}`, request, limited)), used };
  };

  const sendTwice = async (path: string, body: JsonValue | undefined, signal: AbortSignal): Promise<Sent> => {
    const { sent, used } = await sendOnce(path, body, signal);
    const isOver = sent.kind === 'answered' && errorCodesOf(sent.body).includes('INVALID_SESSION_ID');
    if (!isOver) return sent;
    // Refused at the door: nothing happened, so it may be sent again.
    if (session === used) session = undefined;
    return (await sendOnce(path, body, signal)).sent;
  };

  return {
    basePath: `/services/data/v${apiVersion}`,
    post: sendTwice,
    get: (path, signal) => sendTwice(path, undefined, signal),
  };
}
