import { readFileSync } from 'node:fs';
import { readServerClock } from '../../adapters/system/serverClock.ts';
import type { Config } from '../../config/schema.ts';
import type { Clock } from '../../ports/clock.ts';
import { orgClients } from '../../wiring/connectOrgs.ts';
import { diagnoseCertificate } from './certificates.ts';
import { attempt, diagnosis, type Diagnosis } from './diagnosis.ts';

/** Signed objects are refused when clocks differ by more. */
const maxSkewMs = 30_000;

/** Whether each org is pinned, can be logged in to, and has the same time. */
export async function diagnoseOrgs(config: Config, clock: Clock, signal: AbortSignal): Promise<readonly Diagnosis[]> {
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
    const sent = await client.get(`${client.basePath}/limits`, signal);
    const isIn = sent.kind === 'answered' && sent.status === 200;
    const advice = 'check url, clientId and username under orgs, the key of the bridge, and the policies of the app';
    const theirs = await readServerClock(login.url, signal);
    const apart = theirs === undefined ? undefined : Math.abs(theirs - clock.nowMs());
    return [
      ...(await Promise.all(pinned)),
      diagnosis(`login to ${host}`, isIn, isIn ? 'the org lets the bridge in' : 'refused or not reached', advice),
      diagnosis(
        `clock of ${host}`,
        apart !== undefined && apart <= maxSkewMs,
        apart === undefined ? 'not told' : `${Math.round(apart / 1_000)} s apart`,
        apart === undefined ? 'check the network' : 'correct the clock of this machine (NTP)',
      ),
    ];
  });
  return (await Promise.all(found)).flat();
}
