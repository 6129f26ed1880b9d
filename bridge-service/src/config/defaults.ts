import type { DevelopmentKeys } from '../adapters/system/developmentKeys.ts';

/** The org that only a bridge with development keys knows. */
const developmentOrg = 'https://development.example.com/00D000000000001AAA';

/** What holds where neither file nor environment says otherwise. */
export function defaultSettings(dataFolder: string, tasks: string): object {
  return {
    dataFolder,
    tasks,
    orgs: [],
    integrationUsers: [],
    tokens: [],
    log: {},
    signing: {},
    budgets: { agentPerDayUsd: 5, taskPerDayUsd: 5, perDayUsd: 10, perMonthUsd: 100 },
    anthropic: {
      tiers: {
        small: [{ model: 'claude-haiku-5-5', expectedMs: 4_000 }],
        medium: [
          { model: 'claude-sonnet-5-5', expectedMs: 12_000 },
          { model: 'claude-haiku-5-5', expectedMs: 4_000 },
        ],
        large: [
          { model: 'claude-opus-5-5', expectedMs: 25_000 },
          { model: 'claude-sonnet-5-5', expectedMs: 12_000 },
        ],
      },
    },
  };
}

/** What a first start adds, so that it runs without a single setting. */
export function developmentSettings(keys: DevelopmentKeys, operatorTokenSha256: string): object {
  return {
    masterKey: keys.masterKey,
    party: 'https://localhost',
    signing: keys.signing,
    log: { origin: 'localhost/log', seed: keys.logSeed },
    owner: { person: 'Nobody (development)', queue: 'development' },
    orgs: [{ party: developmentOrg, certificates: [keys.org.certificateFile], pins: [keys.org.pin] }],
    tokens: [{ name: 'development operator', role: 'operator', sha256: operatorTokenSha256 }],
  };
}
