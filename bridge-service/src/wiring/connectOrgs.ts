import { offlineCallback, offlineOrg } from '../adapters/offline/offlineOrg.ts';
import type { OrgLogin } from '../adapters/salesforce/login.ts';
import { createOrgClient, type OrgClient } from '../adapters/salesforce/orgClient.ts';
import { createSalesforceCallback } from '../adapters/salesforce/salesforceCallback.ts';
import { createSalesforceOrg } from '../adapters/salesforce/salesforceOrg.ts';
import type { Config } from '../config/schema.ts';
import type { Callback } from '../ports/callback.ts';
import type { Clock } from '../ports/clock.ts';
import type { OrgPort } from '../ports/org.ts';

export type LogInSettings = Pick<Config, 'orgs' | 'orgLogin'>;

/** One request to an org; a run asks again within its own time. */
const timeoutMs = 10_000;

/** The orgs that the bridge can log in to, by their party names. */
export function orgClients(config: LogInSettings, clock: Clock): ReadonlyMap<string, OrgClient> {
  return new Map(
    config.orgs.flatMap(({ party, login }) => {
      if (login === undefined) return [];
      const { apiVersion } = login;
      const options = { login: orgLoginOf(config, login), apiVersion, clock, timeoutMs };
      return [[party, createOrgClient(options)] as const];
    }),
  );
}

/** What the bridge shows an org to be let in. */
export function orgLoginOf(
  { orgLogin }: LogInSettings,
  { url, clientId, username }: NonNullable<Config['orgs'][number]['login']>,
): OrgLogin {
  return { url, clientId, proof: proofOf(orgLogin, username) };
}

/** With no org to log in to, nothing is written and nobody is called back. */
export function connectOrgs(config: Config, clock: Clock): { readonly org: OrgPort; readonly callback: Callback } {
  const clients = orgClients(config, clock);
  if (clients.size === 0) return { org: offlineOrg, callback: offlineCallback };
  return { org: createSalesforceOrg(clients), callback: createSalesforceCallback(clients) };
}

/** The settings were refused where the secret is missing. */
function proofOf({ privateKey, clientSecret }: Config['orgLogin'], username: string | undefined): OrgLogin['proof'] {
  return username === undefined
    ? { kind: 'secret', clientSecret: clientSecret?.reveal() ?? '' }
    : { kind: 'key', username, privateKey: privateKey?.reveal() ?? '' };
}
