import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { cleanEnvironment, runNode, temporaryFolder } from '../../src/index.ts';
import { startExampleOrg } from './exampleOrg.ts';

it('serves @salesforce/core: JWT login, query, a session that is renewed by itself', async () => {
  const home = temporaryFolder();
  const org = await startExampleOrg({ now: () => new Date() });
  try {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const keyFile = join(home.root, 'key.pem');
    writeFileSync(keyFile, privateKey.export({ type: 'pkcs1', format: 'pem' }));
    const certificate = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    org.clients.add({ clientId: 'bridge', certificate, preauthorized: ['admin@example.com'] });
    org.table('Account').insert({ Name: 'Acme' });
    org.apexRest.on('GET', '/forget-sessions', () => {
      org.sessions.expire();
      return { status: 200, body: {} };
    });

    const script = fileURLToPath(new URL('coreClient/main.ts', import.meta.url));
    const env = {
      ...cleanEnvironment(),
      HOME: home.root,
      USERPROFILE: home.root,
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
      SF_DISABLE_TELEMETRY: 'true',
      // The library warns of plain HTTP.
      NODE_NO_WARNINGS: '1',
      SF_DISABLE_LOG_FILE: 'true',
    };
    const result = await runNode(script, [org.url, 'bridge', 'admin@example.com', keyFile], { cwd: home.root, env });
    expect({ ...result, stdout: JSON.parse(result.stdout || 'null') as unknown }).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: { names: ['Acme'], username: 'admin@example.com', orgId: org.id, version: '68.0', isScratch: false },
    });
    const logins = org.requests.filter(({ path }) => path === '/services/oauth2/token');
    expect(logins.map(({ status }) => status)).toEqual([200, 200]);
  } finally {
    await org.close();
    home.dispose();
  }
}, 60_000);
