import { readFileSync } from 'node:fs';
import { errorCodesOf } from '../../adapters/salesforce/errorCodes.ts';
import { tryLogin } from '../../adapters/salesforce/login.ts';
import type { OrgClient } from '../../adapters/salesforce/orgClient.ts';
import { readServerClock } from '../../adapters/system/serverClock.ts';
import type { Config } from '../../config/schema.ts';
import type { Clock } from '../../ports/clock.ts';
import { orgClients, orgLoginOf, type LogInSettings } from '../../wiring/connectOrgs.ts';
import { diagnoseCertificate } from './certificates.ts';
import { attempt, diagnosis, type Diagnosis } from './diagnosis.ts';

/** Signed objects are refused when clocks differ by more. */
const maxSkewMs = 30_000;

const proof = 'the key of the bridge (BRIDGE_ORG_LOGIN_KEY) or the client secret (BRIDGE_ORG_CLIENT_SECRET)';
/** By the code with which an org refuses a log-in. */
const refusalAdvice: Readonly<Record<string, string>> = {
  invalid_client_id: 'correct clientId under orgs: the org has no such app',
  invalid_client: `correct clientId under orgs, or ${proof}`,
  invalid_grant: `correct username under orgs, ${proof}, or the user that the app runs as; then the clock, if it is told below`,
  invalid_app_access: 'let the user use the app: by its profile or a permission set',
};
const anyRefusal = `check clientId and username under orgs, ${proof}, and the policies of the app`;
/** By the code with which an org refuses its first request. */
const requestAdvice: Readonly<Record<string, string>> = {
  NOT_FOUND: 'correct apiVersion under orgs: this org has no such version',
  API_DISABLED_FOR_ORG: 'give the integration user the permission API Enabled',
  REQUEST_LIMIT_EXCEEDED: 'the org takes no more requests today: wait, or have the limit raised',
};
const notReached = 'check url under orgs, the name service and the network';
const noAnswer = 'check that url under orgs is the My Domain of the org; if it is, look again in a minute';

/** Whether each org is pinned, can be logged in to, and has the same time. */
export async function diagnoseOrgs(
  config: LogInSettings,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly Diagnosis[]> {
  if (config.orgs.length === 0) {
    return [diagnosis('orgs', false, 'none', 'pin one under orgs: npm run connect-org writes the settings')];
  }
  const clients = orgClients(config, clock);
  const found = config.orgs.map(async ({ party, certificates, login }) => {
    const host = new URL(party).host;
    const renew = 'add the new certificate and its pin under orgs before this one ends';
    const pinned = certificates.map((file) =>
      attempt(`certificate of ${host}`, `correct ${file}`, () =>
        diagnoseCertificate(`certificate of ${host}`, readFileSync(file, 'utf8'), clock.nowMs(), renew),
      ),
    );
    const client = clients.get(party);
    if (login === undefined || client === undefined) {
      const none = diagnosis(`login to ${host}`, false, 'none', 'nothing is written back: set login under orgs');
      return [...(await Promise.all(pinned)), none];
    }
    return Promise.all([
      ...pinned,
      attempt(`login to ${host}`, `correct ${proof}`, () => diagnoseLogin(host, config, login, client, clock, signal)),
      diagnoseClock(host, login.url, clock, signal),
    ]);
  });
  return (await Promise.all(found)).flat();
}

async function diagnoseLogin(
  host: string,
  config: LogInSettings,
  login: NonNullable<Config['orgs'][number]['login']>,
  client: OrgClient,
  clock: Clock,
  signal: AbortSignal,
): Promise<Diagnosis> {
  const is = (ok: boolean, found: string, advice: string): Diagnosis =>
    diagnosis(`login to ${host}`, ok, found, advice);
  const unanswered = (kind: 'unsent' | 'unknown'): Diagnosis => {
    if (signal.aborted) return is(false, 'no answer in time', noAnswer);
    return kind === 'unsent' ? is(false, 'not reached', notReached) : is(false, 'no answer of an org', noAnswer);
  };
  const opened = await tryLogin(orgLoginOf(config, login), clock, signal);
  if (opened.kind === 'refused') {
    return is(false, `refused: ${opened.code}`, refusalAdvice[opened.code] ?? anyRefusal);
  }
  if (opened.kind !== 'open') return unanswered(opened.kind);
  const sent = await client.get(`${client.basePath}/limits`, signal);
  if (sent.kind !== 'answered') return unanswered(sent.kind);
  if (sent.status === 200) return is(true, 'the org lets the bridge in', '');
  const code = errorCodesOf(sent.body)[0] ?? '';
  return is(false, `let in, then refused: ${code || String(sent.status)}`, requestAdvice[code] ?? anyRefusal);
}

async function diagnoseClock(host: string, url: string, clock: Clock, signal: AbortSignal): Promise<Diagnosis> {
  const theirs = await readServerClock(url, signal);
  const apart = theirs === undefined ? undefined : Math.abs(theirs - clock.nowMs());
  return diagnosis(
    `clock of ${host}`,
    apart !== undefined && apart <= maxSkewMs,
    apart === undefined ? 'not told' : `${Math.round(apart / 1_000)} s apart`,
    apart === undefined ? 'correct what keeps the org from being reached' : 'correct the clock of this machine (NTP)',
  );
}
