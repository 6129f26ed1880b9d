import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { FakeOrg, FakeUser } from '@agent-readiness/testkit';
import { overloaded, rateLimited, startFakeClaude, type FakeClaude } from '@agent-readiness/testkit/claude';
import { systemClock } from '../../src/adapters/system/systemClock.ts';
import type { Diagnosis } from '../../src/cli/doctor/diagnosis.ts';
import { diagnoseModels } from '../../src/cli/doctor/models.ts';
import { diagnoseOrgs } from '../../src/cli/doctor/orgs.ts';
import type { Config } from '../../src/config/schema.ts';
import { Secret } from '../../src/config/secret.ts';
import { clientSecret, startSalesforce } from '../support/fakeSalesforce.ts';
import { must } from '../support/must.ts';
import { orgParty } from '../support/parties.ts';

let org: FakeOrg;
let integrationUser: FakeUser;
let claude: FakeClaude;
/** An address at which nobody listens. */
let nowhere: string;
beforeAll(async () => {
  ({ org, integrationUser } = await startSalesforce());
  claude = await startFakeClaude({
    apiKeys: ['sk-good'],
    models: [
      { id: 'claude-haiku-5-5', lifecycle: 'active' },
      { id: 'claude-old', lifecycle: 'retired' },
      { id: 'claude-older', lifecycle: 'deprecated' },
    ],
  });
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  nowhere = `http://127.0.0.1:${String((closed.address() as AddressInfo).port)}`;
  closed.close();
  await once(closed, 'close');
});
afterEach(() => {
  org.faults.clear();
  claude.reset();
});
afterAll(async () => {
  await claude.close();
  await org.close();
});

const soon = (): AbortSignal => AbortSignal.timeout(30_000);
const told = ({ ok, found, advice }: Diagnosis): readonly unknown[] => [ok, found, advice];

describe('the doctor, of an org', () => {
  type Login = NonNullable<Config['orgs'][number]['login']>;
  const certificate = fileURLToPath(new URL('../../../scripts/vectors/testOnlyKeys/org.cert.pem', import.meta.url));
  const look = async (change: Partial<Login> = {}, { secret = clientSecret, signal = soon() } = {}) => {
    const login = { url: org.url, clientId: 'bridge', apiVersion: '68.0', ...change };
    const orgs = [{ party: orgParty, certificates: [certificate], pins: [], login }];
    const orgLogin = { clientSecret: new Secret(secret) };
    const found = await diagnoseOrgs({ orgs, orgLogin }, systemClock, signal);
    expect(found.map(({ what }) => what)).toEqual([
      'certificate of example.my.salesforce.com',
      'login to example.my.salesforce.com',
      'clock of example.my.salesforce.com',
    ]);
    // A secret stands in no diagnosis.
    expect(JSON.stringify(found)).not.toContain(secret);
    return found;
  };
  const loginOf = async (...how: Parameters<typeof look>) => told(must((await look(...how))[1]));

  it('that is well has nothing to say', async () => {
    const [, login, clock] = await look();
    expect(told(must(login))).toEqual([true, 'the org lets the bridge in', '']);
    expect(told(must(clock))).toEqual([true, expect.stringMatching(/^\d s apart$/), '']);
  });

  it('that lets nobody in names what to correct', async () => {
    expect(await loginOf({}, { secret: 'another secret' })).toEqual([
      false,
      'refused: invalid_client',
      expect.stringMatching(/clientId .*BRIDGE_ORG_CLIENT_SECRET/),
    ]);
    expect(await loginOf({ clientId: 'unheard-of' })).toEqual([
      false,
      'refused: invalid_client_id',
      'correct clientId under orgs: the org has no such app',
    ]);
    org.clients.add({ clientId: 'nobody', clientSecret });
    expect(await loginOf({ clientId: 'nobody' })).toEqual([
      false,
      'refused: invalid_grant',
      expect.stringContaining('the user that the app runs as'),
    ]);
    expect(await loginOf({ username: integrationUser.username })).toEqual([
      false,
      expect.any(String),
      expect.stringContaining('BRIDGE_ORG_LOGIN_KEY'),
    ]);
  });

  it('that lets it in and refuses the request names that', async () => {
    expect(await loginOf({ apiVersion: '99.0' })).toEqual([
      false,
      'let in, then refused: NOT_FOUND',
      'correct apiVersion under orgs: this org has no such version',
    ]);
    org.faults.next({ kind: 'error', errorCode: 'REQUEST_LIMIT_EXCEEDED' }, { path: '/limits' });
    expect(await loginOf()).toEqual([
      false,
      'let in, then refused: REQUEST_LIMIT_EXCEEDED',
      'the org takes no more requests today: wait, or have the limit raised',
    ]);
    org.faults.next({ kind: 'error', errorCode: 'API_DISABLED_FOR_ORG' }, { path: '/limits' });
    expect(await loginOf()).toEqual([
      false,
      'let in, then refused: API_DISABLED_FOR_ORG',
      'give the integration user the permission API Enabled',
    ]);
  });

  it('that is not there, not an org, or too slow is told apart from one that refuses', async () => {
    const [, login, clock] = await look({ url: nowhere });
    expect(told(must(login))).toEqual([false, 'not reached', 'check url under orgs, the name service and the network']);
    expect(told(must(clock))).toEqual([false, 'not told', 'correct what keeps the org from being reached']);
    org.faults.next({ kind: 'status', status: 503, body: '<html>maintenance</html>' }, { path: '/oauth2/token' });
    const isItOurs = expect.stringContaining('My Domain');
    expect(await loginOf()).toEqual([false, 'no answer of an org', isItOurs]);
    org.faults.next({ kind: 'latency', ms: 600_000 }, { path: '/oauth2/token' });
    expect(await loginOf({}, { signal: AbortSignal.timeout(200) })).toEqual([false, 'no answer in time', isItOurs]);
  });
});

describe('the doctor, of the models', () => {
  const look = async (model: string, { apiKey = 'sk-good', baseUrl = claude.url, signal = soon() } = {}) => {
    const tier = [{ model, expectedMs: 1 }];
    const tiers = { small: tier, medium: tier, large: tier };
    const anthropic = { apiKey: new Secret(apiKey), baseUrl, allowBatches: false, tiers };
    const found = await diagnoseModels({ anthropic }, Date.parse('2026-11-23'), signal);
    expect(found.map(({ what }) => what)).toEqual([`model ${model}`, `price of ${model}`]);
    expect(JSON.stringify(found)).not.toContain(apiKey);
    return told(must(found[0]));
  };
  const haiku = 'claude-haiku-5-5';

  it('tells which can be asked, and what to put right about the others', async () => {
    const replace = 'put another model in its place in anthropic.tiers';
    expect(await look(haiku)).toEqual([true, 'active', '']);
    expect(await look('claude-old')).toEqual([false, 'retired', replace]);
    expect(await look('claude-older')).toEqual([false, 'deprecated', replace]);
    const unheardOf = [false, 'the API knows no such model', 'check its name in anthropic.tiers'];
    expect(await look('claude-unheard-of')).toEqual(unheardOf);
  });

  it('tells a wrong key, a limit, an overload, a network and a slow answer apart', async () => {
    const wait = 'nothing is wrong here: look again in a minute';
    const isKey = expect.stringContaining('check ANTHROPIC_API_KEY');
    expect(await look(haiku, { apiKey: 'sk-bad' })).toEqual([false, 'the key is not let in', isKey]);
    claude.failModelsWith(rateLimited('30') as never);
    expect(await look(haiku)).toEqual([false, 'too many requests under this key', wait]);
    claude.failModelsWith(rateLimited('30', 'enforced_spend_limit_reached') as never);
    expect(await look(haiku)).toEqual([false, 'the limit of spending is reached', expect.stringContaining('raise it')]);
    claude.failModelsWith(overloaded() as never);
    expect(await look(haiku)).toEqual([false, 'the API is overloaded', wait]);
    claude.failModelsWith({ kind: 'error', status: 500, type: 'api_error', headerDelayMs: 600_000 });
    const slow = await look(haiku, { signal: AbortSignal.timeout(200) });
    expect(slow).toEqual([false, 'no answer in time', expect.stringContaining('proxy')]);
    const gone = await look(haiku, { baseUrl: nowhere });
    expect(gone).toEqual([false, 'not reached', expect.stringContaining('check the network')]);
  });
});
