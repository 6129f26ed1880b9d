import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/readConfig.ts';
import { Secret } from '../../src/config/secret.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const environment = {
  BRIDGE_DATA: '/var/lib/bridge',
  BRIDGE_MASTER_KEY: key,
  BRIDGE_SIGNING_KEY: 'PRIVATE-KEY-TEXT',
  BRIDGE_SIGNING_CERTIFICATE: 'certificate',
  BRIDGE_LOG_SEED: key,
  DATABASE_URL: 'postgresql://bridge:PASSWORD@db.example.com/bridge',
};
const file = `
party: https://bridge.example.com
tasks: tasks
log: { origin: bridge.example.com/log }
owner: { person: Duty officer, queue: duty }
orgs: []
integrationUsers: []
tokens: []
budgets: { agentPerDayUsd: 5, taskPerDayUsd: 2.5, perDayUsd: 10, perMonthUsd: 100 }
`;
const tiers = { small: [{ model: 'm', expectedMs: 1 }] };

describe('readConfig', () => {
  it('takes defaults, then the file, then the environment', () => {
    const config = readConfig({ ...environment, PORT: '9000' }, `${file}port: 7000\nhost: 0.0.0.0\n`, { port: 1 });
    expect([config.port, config.host, config.party]).toEqual([9000, '0.0.0.0', 'https://bridge.example.com']);
    expect(config.budgets.taskPerDayUsd).toBe(2_500_000);
    expect(config.limits).toEqual({ maxBodyBytes: 400_000, maxRunning: 64, syncTimeoutMs: 25_000, drainMs: 20_000 });
  });

  it('listens on loopback unless told otherwise', () => {
    expect(readConfig(environment, file, {}).host).toBe('127.0.0.1');
  });

  it('asks Claude only when there is a key', () => {
    const allTiers = { ...tiers, medium: tiers.small, large: tiers.small };
    const withTiers = { anthropic: { tiers: allTiers } };
    expect(readConfig(environment, file, withTiers).anthropic).toBeUndefined();
    const { anthropic } = readConfig({ ...environment, ANTHROPIC_API_KEY: 'sk-KEY' }, file, withTiers);
    expect(anthropic?.apiKey.reveal()).toBe('sk-KEY');
  });

  it('takes an org only together with the secret that logs in to it', () => {
    const noOrgs = file.replace('orgs: []\n', '');
    const withLogin = (login: object) => ({
      orgs: [
        {
          party: 'https://example.my.salesforce.com/00D5g000004ABCDEA4',
          certificates: ['org.pem'],
          pins: [`cert:${'A'.repeat(43)}`],
          login: { url: 'https://example.my.salesforce.com', clientId: 'bridge', ...login },
        },
      ],
    });
    const byKey = { username: 'bridge@example.com' };
    expect(() => readConfig(environment, noOrgs, withLogin({}))).toThrow(
      'orgLogin.clientSecret (BRIDGE_ORG_CLIENT_SECRET)',
    );
    expect(() => readConfig(environment, noOrgs, withLogin(byKey))).toThrow(
      'orgLogin.privateKey (BRIDGE_ORG_LOGIN_KEY)',
    );
    expect(() => readConfig(environment, noOrgs, withLogin({ url: 'http://example.com' }))).toThrow('orgs.0.login.url');
    const secret = { ...environment, BRIDGE_ORG_CLIENT_SECRET: 'OF-THE-APP' };
    expect(readConfig(secret, noOrgs, withLogin({})).orgs[0]?.login).toEqual({
      url: 'https://example.my.salesforce.com',
      clientId: 'bridge',
      apiVersion: '68.0',
    });
    expect(readConfig({ ...environment, BRIDGE_ORG_LOGIN_KEY: 'pem' }, noOrgs, withLogin(byKey)).orgs).toHaveLength(1);
  });

  it('names every problem at once, with the variable, and never a value', () => {
    const wrong = { ...environment, PORT: '70000', BRIDGE_MASTER_KEY: 'SHORT-SECRET', BRIDGE_LOG_SEED: '' };
    let message = '';
    try {
      readConfig(wrong, `${file}hots: typo\nsigning: { privateKey: IN-FILE }\n`, {});
    } catch (error) {
      message = String(error);
    }
    expect(message.split('\n').map((line) => line.trim().split(':')[0])).toEqual([
      'ConfigError',
      'signing.privateKey',
      'port (PORT)',
      'masterKey (BRIDGE_MASTER_KEY)',
      'masterKey (BRIDGE_MASTER_KEY)',
      'log.seed (BRIDGE_LOG_SEED)',
      '',
    ]);
    expect(message).not.toMatch(/SHORT-SECRET|IN-FILE|PASSWORD|PRIVATE-KEY-TEXT/);
  });

  it('refuses what is no list of settings', () => {
    expect(() => readConfig(environment, 'a: [', {})).toThrow('The settings are no YAML: line 1');
    expect(() => readConfig(environment, 'just text', {})).toThrow('not a list of names');
  });
});

describe('a secret', () => {
  it('is not printed, however it is asked', () => {
    const secret = new Secret('HIDDEN');
    const printed = [String(secret), secret.toString(), JSON.stringify({ secret }), inspect({ secret })].join(' ');
    expect(printed).not.toContain('HIDDEN');
    expect(inspect(readConfig(environment, file, {}), { depth: 9, showHidden: true })).not.toMatch(/PASSWORD|PRIVATE/);
    expect(secret.reveal()).toBe('HIDDEN');
  });
});
