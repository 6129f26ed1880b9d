import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../shared/install.mjs';
import { readCertificate } from './certificate.mjs';
import { keyRecord, setUrl, setValues } from './pairMetadata.mjs';
import { sf } from './sf.mjs';

/** The certificate that Apex signs with. Its private key is made in the org and never leaves it. */
const signing = 'Handoff_Signing';

/** The org as the bridge will know it: `https://<My Domain>/<18-character id>`. */
export function findOrg(alias) {
  const { instanceUrl, id, username } = sf(['org', 'display', '--target-org', alias], root);
  const { host, protocol } = new URL(instanceUrl);
  return { party: `https://${host}/${to18(id)}`, url: `${protocol}//${host}`, username };
}

/** PEM of the org's signing certificate; undefined while there is none. */
export function retrieveCertificate(alias) {
  return inProject((folder) => {
    const output = join(folder, 'retrieved');
    mkdirSync(output);
    const target = ['--target-org', alias, '--output-dir', 'retrieved'];
    sf(['project', 'retrieve', 'start', '--metadata', `Certificate:${signing}`, ...target], folder);
    const file = readdirSync(output, { recursive: true, encoding: 'utf8' }).find((name) =>
      name.endsWith(`${signing}.crt`),
    );
    return file === undefined ? undefined : readFileSync(join(output, file), 'utf8');
  });
}

/** Deploys the kit's half of the org, with what belongs to this pair. Returns how many components. */
export function deploy({ alias, bridge, logOrigin, manifestSha256, bridgePem, orgPem, dryRun }) {
  return inProject((folder) => {
    const source = join(folder, 'force-app');
    cpSync(join(root, 'force-app', 'main', 'handoff'), source, { recursive: true });
    const change = (path, edit) => {
      const file = join(source, path);
      writeFileSync(file, edit(readFileSync(file, 'utf8')));
    };
    change('customMetadata/Handoff_Bridge.Default.md-meta.xml', (xml) =>
      setValues(xml, {
        Audience__c: ['string', bridge],
        Log_Origin__c: ['string', logOrigin],
        Is_Active__c: ['boolean', 'true'],
        Certificate_Thumbprint__c: orgPem === undefined ? null : ['string', readCertificate(orgPem).thumbprint],
        Manifest_Sha256__c: manifestSha256 === undefined ? null : ['string', manifestSha256],
      }),
    );
    change('namedCredentials/Handoff_Bridge.namedCredential-meta.xml', (xml) => setUrl(xml, bridge));
    writeFileSync(join(source, 'customMetadata/Handoff_Key.Bridge.md-meta.xml'), keyRecord(readCertificate(bridgePem)));
    const args = ['project', 'deploy', 'start', '--source-dir', 'force-app', '--target-org', alias, '--wait', '30'];
    return sf([...args, ...(dryRun ? ['--dry-run'] : [])], folder).numberComponentsDeployed;
  });
}

/** Assigns a permission set where it is missing. `missing` when there is no such user. */
export function assign({ alias, username, permissionSet, dryRun }) {
  const held = `SELECT Id FROM PermissionSetAssignments WHERE PermissionSet.Name = '${permissionSet}'`;
  const soql = `SELECT Id, (${held}) FROM User WHERE Username = '${username.replaceAll("'", "\\'")}'`;
  const [user] = sf(['data', 'query', '--target-org', alias, '--query', soql], root).records;
  if (user === undefined) return { state: 'missing' };
  const has = (user.PermissionSetAssignments?.records ?? []).length > 0;
  if (!has && !dryRun) {
    const target = ['--target-org', alias, '--on-behalf-of', username];
    sf(['org', 'assign', 'permset', '--name', permissionSet, ...target], root);
  }
  return { state: has ? 'there' : 'assigned', userId: to18(user.Id) };
}

/** What the bridge has to know of the org: a file for its settings, and the certificate that it pins. */
export function writeSettings({ out, org, orgPem, clientId, integrationUser, integrationUserId }) {
  mkdirSync(out, { recursive: true });
  const certificate = join(out, 'org.cert.pem');
  writeFileSync(certificate, orgPem);
  const text = [
    'orgs:',
    `  - party: ${org.party}`,
    `    certificates: [${JSON.stringify(certificate)}]`,
    `    pins: ['cert:${readCertificate(orgPem).thumbprint}']`,
    `    login: { url: '${org.url}', clientId: ${JSON.stringify(clientId)}, username: ${JSON.stringify(integrationUser)} }`,
    `integrationUsers: ['${integrationUserId}']`,
    '',
  ].join('\n');
  const file = join(out, 'bridge.yaml');
  writeFileSync(file, text);
  return file;
}

/** Work in an sfdx project that goes away. */
function inProject(work) {
  const folder = mkdtempSync(join(tmpdir(), 'connect-org-'));
  try {
    cpSync(join(root, 'sfdx-project.json'), join(folder, 'sfdx-project.json'));
    mkdirSync(join(folder, 'force-app'), { recursive: true });
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The 18-character form: three characters tell the letter case of the fifteen before them. */
function to18(id) {
  if (id.length === 18) return id;
  const check = [0, 5, 10].map((start) => {
    const bits = [...id.slice(start, start + 5)].reduce(
      (sum, character, bit) => sum + (/[A-Z]/.test(character) ? 2 ** bit : 0),
      0,
    );
    return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'.charAt(bits);
  });
  return id + check.join('');
}
