import { createHash, randomBytes } from 'node:crypto';
import { URLSearchParams } from 'node:url';
import { root } from '../shared/install.mjs';
import { request } from './sf.mjs';

const path = '/services/data/v68.0/named-credentials/credential';
const principal = { externalCredential: 'Handoff_Bridge', principalName: 'Org', principalType: 'NamedPrincipal' };

/** Whether the org has a token for the bridge. Its value cannot be read. */
export function hasToken(alias) {
  const { credentials } = request(alias, 'GET', `${path}?${new URLSearchParams(principal)}`, root);
  return credentials?.Token !== undefined;
}

/** Gives the org a new token. Returns its SHA-256, all that the bridge has to know. */
export function giveToken(alias, replaces) {
  const token = randomBytes(32).toString('base64url');
  const credentials = { Token: { value: token, encrypted: true } };
  const body = { ...principal, authenticationProtocol: 'Custom', credentials };
  request(alias, replaces ? 'PUT' : 'POST', path, root, body);
  return createHash('sha256').update(token).digest('hex');
}
