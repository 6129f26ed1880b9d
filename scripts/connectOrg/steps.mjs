import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../shared/install.mjs';
import { readCertificate } from './certificate.mjs';
import { keyRecord, setUrl, setValues } from './pairMetadata.mjs';
import { deployProject, inProject, retrieveFile } from './project.mjs';
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
  return retrieveFile(alias, `Certificate:${signing}`, `${signing}.crt`);
}

/** Deploys the kit's half of the org, with what belongs to this pair. Returns how many components. */
export function deploy({ alias, bridge, url, logOrigin, manifestSha256, policySha256, bridgePem, orgPem, dryRun }) {
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
        Manifest_Sha256__c: ['string', manifestSha256],
        Policy_Sha256__c: ['string', policySha256],
      }),
    );
    change('namedCredentials/Handoff_Bridge.namedCredential-meta.xml', (xml) => setUrl(xml, url));
    writeFileSync(join(source, 'customMetadata/Handoff_Key.Bridge.md-meta.xml'), keyRecord(readCertificate(bridgePem)));
    return deployProject(alias, folder, dryRun);
  });
}

/**
 * The users with these usernames, and the permission sets that each has.
 *
 * @param {string} alias
 * @param {readonly string[]} usernames
 * @returns {ReadonlyMap<string, { id: string, permissionSets: readonly string[] }>} by username
 */
export function findUsers(alias, usernames) {
  const names = usernames.map((name) => `'${name.replaceAll("'", "\\'")}'`).join(', ');
  const held = 'SELECT PermissionSet.Name FROM PermissionSetAssignments';
  const soql = `SELECT Id, Username, (${held}) FROM User WHERE Username IN (${names})`;
  const { records } = sf(['data', 'query', '--target-org', alias, '--query', soql], root);
  return new Map(
    records.map(({ Id, Username, PermissionSetAssignments }) => [
      Username.toLowerCase(),
      {
        id: to18(Id),
        permissionSets: (PermissionSetAssignments?.records ?? []).map(({ PermissionSet }) => PermissionSet.Name),
      },
    ]),
  );
}

export function assign(alias, username, permissionSet) {
  sf(['org', 'assign', 'permset', '--name', permissionSet, '--target-org', alias, '--on-behalf-of', username], root);
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
