/**
 * Usage: npm run connect-org -- --org <alias> --bridge <https://…> --bridge-certificate <pem>
 *          --agent-user <username> --integration-user <username> --client-id <consumer key>
 *          [--log-origin <host/log>] [--manifest authority.lock.json] [--out connection] [--dry-run]
 *
 * Makes a pair of an org that `sf` is logged in to and a bridge. What is there already stays as it is, so
 * it can be run again; --dry-run changes nothing. docs/connect-org.md explains each step.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SfError } from '../connectOrg/sf.mjs';
import { assign, deploy, findOrg, retrieveCertificate, writeSettings } from '../connectOrg/steps.mjs';

const names = ['org', 'bridge', 'bridge-certificate', 'agent-user', 'integration-user', 'client-id'];
const optional = ['log-origin', 'manifest', 'out'];
const options = Object.fromEntries([...names, ...optional].map((name) => [name, { type: 'string' }]));

const certificateAdvice =
  'in Setup, Certificate and Key Management: create the self-signed certificate Handoff_Signing (2048 bits or more), then run this again';

let step = 0;
const tell = (state, text) => console.log(`${String((step += 1)).padStart(2)}. ${state.padEnd(6)} ${text}`);

try {
  const { values } = parseArgs({ options: { ...options, 'dry-run': { type: 'boolean', default: false } } });
  const absent = names.filter((name) => values[name] === undefined);
  if (absent.length > 0) throw new SfError(`still needed: ${absent.map((name) => `--${name}`).join(', ')}`);
  process.exitCode = await connect(values);
} catch (error) {
  if (!(error instanceof SfError || error.code?.startsWith('ERR_PARSE_ARGS') || error.code === 'ENOENT')) throw error;
  console.error(`    stopped: ${error.message}`);
  process.exitCode = 1;
}

async function connect(values) {
  const { org: alias, bridge, out = 'connection', 'dry-run': dryRun } = values;
  const done = dryRun ? 'would' : 'done';
  const bridgePem = readFileSync(values['bridge-certificate'], 'utf8');
  const org = findOrg(alias);
  tell('found', `org ${org.party}, as ${org.username}`);

  const orgPem = retrieveCertificate(alias);
  tell(orgPem ? 'found' : 'TO DO', orgPem ? 'the signing certificate of the org' : certificateAdvice);
  if (orgPem === undefined && !dryRun) return 1;

  const manifestSha256 = values.manifest && (await digestOf(values.manifest));
  const logOrigin = values['log-origin'] ?? `${new URL(bridge).host}/log`;
  const count = deploy({ alias, bridge, logOrigin, manifestSha256, bridgePem, orgPem, dryRun });
  tell(done, `deploy ${count} components, with the bridge's address and pinned certificate`);

  const users = [
    [values['agent-user'], 'Handoff_Agent'],
    [values['integration-user'], 'Handoff_Integration'],
  ].map(([username, permissionSet]) => {
    // A dry run has deployed no permission set: it only looks.
    const { state, userId } = assign({ alias, username, permissionSet, dryRun });
    if (state === 'missing') throw new SfError(`there is no user ${username}`);
    tell(state === 'there' ? 'found' : done, `permission set ${permissionSet} for ${username}`);
    return userId;
  });

  if (dryRun) tell('would', `write the settings of the bridge into ${out}/`);
  else {
    const login = { clientId: values['client-id'], integrationUser: values['integration-user'] };
    tell('done', `write ${writeSettings({ out, org, orgPem, ...login, integrationUserId: users[1] })}`);
  }
  tell(
    'TO DO',
    `start the bridge with these settings and BRIDGE_ORG_LOGIN_KEY, fill in the Token of the external
           credential Handoff_Bridge, and run a first handoff: docs/connect-org.md`,
  );
  return 0;
}

async function digestOf(file) {
  const { manifestSha256 } = await import('../../protocol/src/manifestSha256.ts');
  return manifestSha256(JSON.parse(readFileSync(file, 'utf8')));
}
