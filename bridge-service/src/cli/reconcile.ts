import { readFileSync } from 'node:fs';
import { loadSigner, loadTrust, type Outcome } from '@agent-readiness/protocol/handoff';
import { parseVerifierKey } from '@agent-readiness/protocol/log';
import { readOrgExport } from '../adapters/salesforce/readOrgExport.ts';
import { systemClock } from '../adapters/system/systemClock.ts';
import { exportHandoffs } from '../app/operate/exportHandoffs.ts';
import { ConfigError } from '../config/readConfig.ts';
import type { Config } from '../config/schema.ts';
import { bridgeExportSchema, orgExportSchema, type BridgeExport, type OrgExport } from '../domain/reconcile/exports.ts';
import { inconsistencies } from '../domain/reconcile/inconsistency.ts';
import { reconcile } from '../domain/reconcile/reconcile.ts';
import { orgClients } from '../wiring/connectOrgs.ts';
import { logKeyOf } from '../wiring/createBridge.ts';
import { withBridge } from './openBridge.ts';

/** What the bridge holds of an org, from its store. */
export function exportBridge(config: Config, party: string): Promise<BridgeExport> {
  return withBridge(config, (bridge) => exportHandoffs(bridge, party));
}

/** @throws ConfigError without a login to this org, Error when it gives nothing */
export async function exportOrg(config: Config, party: string): Promise<OrgExport> {
  const client = orgClients(config, systemClock).get(party);
  if (client === undefined) throw new ConfigError(`orgs: no login for ${party}`);
  return readOrgExport(client, new AbortController().signal);
}

/**
 * Compares two exports, with the certificates of the settings and the key of the log.
 *
 * @param key the verifier key that somebody has pinned; that of the settings where nobody has
 * @returns a line for each inconsistency; none when both sides tell one story
 * @throws Error when an export is none, or a certificate cannot be used
 */
export async function reconcileExports(
  config: Config,
  exports: { readonly org: unknown; readonly bridge: unknown },
  key = logKeyOf(config),
): Promise<readonly string[]> {
  const { party, signing } = config;
  const signer = { issuer: party, role: 'bridge', privateKey: signing.privateKey.reveal() } as const;
  const { thumbprint } = valueOf(await loadSigner({ ...signer, certificate: signing.certificate }));
  const trust = valueOf(
    await loadTrust([
      ...config.orgs.map(({ party: issuer, certificates, pins }) => ({
        issuer,
        role: 'org' as const,
        certificates: certificates.map((file) => readFileSync(file, 'utf8')),
        pins,
      })),
      { issuer: party, role: 'bridge', certificates: [signing.certificate], pins: [`cert:${thumbprint}`] },
    ]),
  );
  const verifier = valueOf(await parseVerifierKey(key));
  const found = await reconcile(orgExportSchema.parse(exports.org), bridgeExportSchema.parse(exports.bridge), {
    trust,
    log: { origin: config.log.origin, keys: [verifier] },
    now: Math.floor(systemClock.nowMs() / 1_000),
  });
  return found.map(({ txn, code, detail }) => `${txn} ${code}: ${inconsistencies[code]} (${detail})`.trim());
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`${outcome.code}, ${outcome.detail}`);
}
