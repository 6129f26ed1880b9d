/**
 * Usage: npm run connect-org -- --org <alias> --bridge <https://…> --bridge-certificate <pem> --log-key <key>
 *          --agent-user <username> --integration-user <username> --manifest <file> --policy <file>
 *          [--settings bridge.yaml] [--out connection] [--client-id <consumer key>] [--bridge-url <address>]
 *          [--log-origin <host/log>] [--record <case id>] [--dry-run] [--help]
 *
 * Makes a pair of an org that `sf` is logged in to and a bridge, up to a first signed handoff. What is there
 * already stays as it is, so it can be run again and goes on where it had to stop; --dry-run changes nothing.
 * Exit code: 0 the pair works, 1 something is left to do. docs/connect-org.md explains each step.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openSettings } from '../connectOrg/bridgeSettings.mjs';
import { readCertificate } from '../connectOrg/certificate.mjs';
import { deployClientApp, loginKeyPair, readClientId } from '../connectOrg/clientApp.mjs';
import { giveToken, hasToken } from '../connectOrg/credential.mjs';
import { createCase, handOff, isServing, readObjects, verifyHandoff } from '../connectOrg/roundTrip.mjs';
import { SfError } from '../connectOrg/sf.mjs';
import { assign, deploy, findOrg, findUsers, retrieveCertificate } from '../connectOrg/steps.mjs';

const needed = [
  'org',
  'bridge',
  'bridge-certificate',
  'log-key',
  'agent-user',
  'integration-user',
  'manifest',
  'policy',
];
const optional = ['settings', 'out', 'client-id', 'bridge-url', 'log-origin', 'record'];
const texts = Object.fromEntries([...needed, ...optional].map((name) => [name, { type: 'string' }]));
const switches = { 'dry-run': { type: 'boolean', default: false }, help: { type: 'boolean', default: false } };

const integration = 'Handoff_Integration';

let step = 0;
const tell = (state, text) => console.log(`${String((step += 1)).padStart(2)}. ${state.padEnd(6)} ${text}`);

/** What only a person can do; the command goes on from there when it is run again. */
class ForAPerson extends Error {}

try {
  const { values } = parseArgs({ options: { ...texts, ...switches } });
  if (values.help) {
    console.log(/\/\*\*\n([^]*?)\n \*\//.exec(readFileSync(import.meta.filename, 'utf8'))[1].replace(/^ \* ?/gm, ''));
  } else {
    const absent = needed.filter((name) => values[name] === undefined);
    if (absent.length > 0) throw new SfError(`still needed: ${absent.map((name) => `--${name}`).join(', ')}`);
    await connect(values);
  }
} catch (error) {
  process.exitCode = 1;
  if (error instanceof ForAPerson) tell('TO DO', error.message);
  else if (error instanceof SfError || error.code?.startsWith('ERR_PARSE_ARGS') || error.code === 'ENOENT') {
    console.error(`    stopped: ${error.message}`);
  } else throw error;
}

async function connect(values) {
  const { org: alias, bridge, 'dry-run': dryRun } = values;
  const out = resolve(values.out ?? 'connection');
  const url = values['bridge-url'] ?? bridge;
  const done = dryRun ? 'would' : 'done';
  const bridgePem = readFileSync(values['bridge-certificate'], 'utf8');
  const org = findOrg(alias);
  tell('found', `org ${org.party}, as ${org.username}`);

  const orgPem = signingCertificate(alias, dryRun);
  const count = deploy({ ...(await digests(values)), alias, bridge, url, bridgePem, orgPem, dryRun });
  tell(done, `deploy ${count} components, with the bridge's address and pinned certificate`);

  const integrationUserId = admit(alias, values, org.username, dryRun);
  if (dryRun) {
    tell('would', 'make a key pair and a client app for the login of the bridge, and a token for the org');
    tell('would', `write the settings of the bridge into ${values.settings ?? join(out, 'bridge.yaml')}`);
    tell('would', 'hand off a case, and verify what both sides have signed');
    return;
  }

  const clientId = clientApp(alias, out, values['client-id']);
  registerAtBridge({ ...values, alias, out, org, orgPem, clientId, integrationUserId });
  if (!(await isServing(url))) {
    throw new ForAPerson(`start the bridge with these settings and BRIDGE_ORG_LOGIN_KEY from
           ${join(out, 'org-login.key.pem')}; at ${url} none is ready. Then run this again`);
  }
  tell('found', `the bridge at ${url}`);
  const { record, 'log-key': logKey } = values;
  await firstHandoff({ alias, out, record, org: org.party, orgPem, bridge, bridgePem, logKey });
}

function signingCertificate(alias, dryRun) {
  const pem = retrieveCertificate(alias);
  if (pem !== undefined) tell('found', 'the signing certificate of the org');
  else {
    const advice = `in Setup, Certificate and Key Management: create the self-signed certificate Handoff_Signing
           (2048 bits or more), then run this again`;
    if (!dryRun) throw new ForAPerson(advice);
    tell('TO DO', advice);
  }
  return pem;
}

async function digests({ bridge, manifest, policy, 'log-origin': logOrigin = `${new URL(bridge).host}/log` }) {
  const { manifestSha256 } = await import('../../protocol/src/manifestSha256.ts');
  return {
    logOrigin,
    manifestSha256: manifestSha256(JSON.parse(readFileSync(manifest, 'utf8'))),
    policySha256: createHash('sha256').update(readFileSync(policy)).digest('hex'),
  };
}

/** Returns the id of the integration user. */
function admit(alias, values, administrator, dryRun) {
  const wanted = [
    [values['agent-user'], 'Handoff_Agent'],
    [values['integration-user'], integration],
    // Runs the first handoff, and reads what the org has written down.
    [administrator, 'Handoff_Administrator'],
  ];
  const names = wanted.map(([username]) => username);
  const users = findUsers(alias, names);
  const absent = names.filter((username) => !users.has(username.toLowerCase()));
  if (absent.length > 0) throw new SfError(`there is no user ${absent.join(', ')}`);
  for (const [username, permissionSet] of wanted) {
    const has = users.get(username.toLowerCase()).permissionSets.includes(permissionSet);
    // A dry run has deployed no permission set: it only looks.
    if (!has && !dryRun) assign(alias, username, permissionSet);
    tell(has ? 'found' : dryRun ? 'would' : 'done', `permission set ${permissionSet} for ${username}`);
  }
  return users.get(values['integration-user'].toLowerCase()).id;
}

function clientApp(alias, out, given) {
  const { state, keyFile, certificate } = loginKeyPair(out);
  tell(state === 'there' ? 'found' : 'done', `key pair for the login of the bridge: ${keyFile}`);
  const known = given ?? readClientId(alias);
  if (known !== undefined) {
    tell('found', 'the client app of the bridge');
    return known;
  }
  const byHand = `create an external client app by hand: JWT bearer flow with the certificate of
           ${keyFile}, the permission set ${integration} approved in advance; then run this again with --client-id`;
  try {
    tell('done', `deploy ${deployClientApp(alias, certificate, integration, false)} components of the client app`);
  } catch (error) {
    if (!(error instanceof SfError)) throw error;
    throw new ForAPerson(`the org takes no client app from metadata (${error.message}):\n           ${byHand}`);
  }
  const clientId = readClientId(alias);
  if (clientId !== undefined) return clientId;
  throw new ForAPerson(`read the consumer key of the client app Handoff Bridge in Setup, External Client App Manager:
           the org does not show it to the Metadata API. Then run this again with --client-id`);
}

function registerAtBridge({ alias, out, settings: file = join(out, 'bridge.yaml'), org, orgPem, clientId, ...rest }) {
  const certificate = join(out, 'org.cert.pem');
  mkdirSync(out, { recursive: true });
  writeFileSync(certificate, orgPem);
  const settings = openSettings(file);
  const login = { url: org.url, clientId, username: rest['integration-user'] };
  const pins = [`cert:${readCertificate(orgPem).thumbprint}`];
  settings.put(
    'orgs',
    { party: org.party, certificates: [certificate], pins, login },
    ({ party }) => party === org.party,
  );
  settings.put('integrationUsers', rest.integrationUserId, (id) => id === rest.integrationUserId);
  const isInOrg = hasToken(alias);
  const isThere = isInOrg && settings.tokenOf(org.party) !== undefined;
  if (!isThere) {
    const name = new URL(org.url).hostname;
    const token = { name, role: 'org', sha256: giveToken(alias, isInOrg), org: org.party };
    settings.put('tokens', token, (each) => each.role === 'org' && each.org === org.party);
  }
  tell(isThere ? 'found' : 'done', 'the token with which the org asks the bridge');
  tell(settings.save() ? 'done' : 'found', `the settings of the bridge: ${file}`);
}

async function firstHandoff({ alias, out, record, ...parties }) {
  const file = join(out, 'first-handoff.json');
  const keep = (story) => {
    writeFileSync(file, JSON.stringify(story), { mode: 0o600 });
    return story;
  };
  let story = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  tell(story ? 'found' : 'done', 'hand off a case');
  story ??= keep(handOff(alias, record ?? createCase(alias)));
  if (story.objects === undefined) story = keep({ ...story, objects: await readObjects(alias, story.txn) });
  const { txn } = story;
  const { claims, kinds } = await verified(file, { ...parties, ...story });
  const [origin, size, treeRoot] = claims.log.checkpoint.split('\n');
  tell('done', `verify what both sides have signed, as it is in ${file}:`);
  console.log(`           handoff      ${txn}
           disposition  ${claims.disposition}, cost ${(claims.cost_usd_micros / 1_000_000).toFixed(6)} US dollars
           signatures   ${kinds.join(' → ')}: each follows the one before
           log          entry ${claims.log.index} is in the tree of ${size} entries, root ${treeRoot} (${origin})`);
}

/** What does not verify is kept aside, so that the next run tries anew. */
async function verified(file, story) {
  try {
    return await verifyHandoff(story);
  } catch (error) {
    renameSync(file, `${file}.failed`);
    throw error;
  }
}
