import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Manifest } from '@agent-readiness/protocol';
import type { FakeOrg } from '@agent-readiness/testkit';
import { startFakeClaude, text, type FakeClaude } from '@agent-readiness/testkit/claude';
import { defaultSettings } from '../../bridge-service/src/config/defaults.ts';
import { readConfig } from '../../bridge-service/src/config/readConfig.ts';
import type { Config } from '../../bridge-service/src/config/schema.ts';
import { silentWatch, type Watch } from '../../bridge-service/src/ports/watch.ts';
import { startService, type Service } from '../../bridge-service/src/service.ts';
import { clientSecret, startSalesforce } from '../../bridge-service/test/support/fakeSalesforce.ts';
import { ids, manifest } from '../../bridge-service/test/support/offers.ts';
import { bridgeParty, logOrigin, logSeed, orgParty, orgSigner } from '../../bridge-service/test/support/parties.ts';
import { OrgSide } from './orgSide.ts';

/** Both surfaces as they run: a fake org and a fake Claude API over HTTP, and the whole bridge between them. */
export interface Stage {
  readonly org: FakeOrg;
  readonly claude: FakeClaude;
  readonly service: Service;
  readonly config: Config;
  readonly orgSide: OrgSide;
  readonly operatorToken: string;
  readonly alarms: readonly string[];
  readonly failures: readonly unknown[];
  readonly stop: () => Promise<void>;
}

/** What Claude proposes, unless a test says otherwise. */
export const proposal = {
  decision: 'refund',
  amount: 59.9,
  reason: 'Damaged on arrival',
  confidence: 0.95,
  quotes: ['The foot of the lamp is cracked.'],
};

/** The article of the org that the model may read as the policy. */
export const refundPolicy = 'Goods that arrive damaged are refunded in full.';

const operatorToken = 'operator-of-the-stage';
const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** @param reviewed the manifest that the bridge goes by */
export async function startStage(reviewed: Manifest = manifest): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'handoff-stage-'));
  const [{ org, integrationUser }, claude] = await Promise.all([startSalesforce(), startFakeClaude()]);
  org.table('Order').insert({ OrderNumber: '10023', EffectiveDate: '2026-11-02', TotalAmount: 59.9 });
  org.table('Knowledge__kav').insert({ Title: 'Refunds', Summary: refundPolicy });
  claude.respondWith(() => text(JSON.stringify(proposal)));
  writeFileSync(join(folder, 'authority.lock.json'), JSON.stringify(reviewed));
  const settings = {
    ...defaultSettings(folder, file('bridge-service/tasks')),
    port: 0,
    party: bridgeParty,
    manifest: join(folder, 'authority.lock.json'),
    owner: { person: 'Bridge duty officer', queue: 'bridge-duty' },
    log: { origin: logOrigin },
    signing: { certificate: readFileSync(file('scripts/vectors/testOnlyKeys/bridge.cert.pem'), 'utf8') },
    orgs: [
      {
        party: orgParty,
        certificates: [file('scripts/vectors/testOnlyKeys/org.cert.pem')],
        pins: [`cert:${orgSigner.thumbprint}`],
        login: { url: org.url, clientId: 'bridge' },
      },
    ],
    integrationUsers: [integrationUser.id, ids.integrationUser],
    tokens: [{ name: 'operator', role: 'operator', sha256: createHash('sha256').update(operatorToken).digest('hex') }],
  };
  const environment = {
    BRIDGE_MASTER_KEY: createHash('sha256').update('TEST ONLY master key').digest('base64'),
    BRIDGE_SIGNING_KEY: readFileSync(file('scripts/vectors/testOnlyKeys/bridge.key.pem'), 'utf8'),
    BRIDGE_LOG_SEED: Buffer.from(logSeed).toString('base64'),
    BRIDGE_ORG_CLIENT_SECRET: clientSecret,
    ANTHROPIC_API_KEY: 'sk-of-the-stage',
  };
  const config = readConfig(environment, JSON.stringify({ anthropic: { baseUrl: claude.url } }), settings);
  const alarms: string[] = [];
  const failures: unknown[] = [];
  const watch: Watch = {
    ...silentWatch,
    alarm: (code) => alarms.push(code),
    failed: (_where, error) => failures.push(error),
  };
  const service = await startService(config, watch, false);
  return {
    org,
    claude,
    service,
    config,
    orgSide: new OrgSide(org, service.url),
    operatorToken,
    alarms,
    failures,
    async stop() {
      await service.stop();
      await claude.close();
      await org.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
