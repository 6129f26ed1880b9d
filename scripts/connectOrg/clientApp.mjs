import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployProject, inProject, retrieveFile } from './project.mjs';
import { SfError } from './sf.mjs';

/** The external client app that the bridge logs in with, as the integration user and nobody else. */
const app = 'Handoff_Bridge';

/**
 * The key pair of the bridge for this org: made once, kept in `out`, readable by nobody else.
 *
 * @returns {{ state: 'there' | 'made', keyFile: string, certificate: string }}
 */
export function loginKeyPair(out) {
  mkdirSync(out, { recursive: true });
  const keyFile = join(out, 'org-login.key.pem');
  const certificateFile = join(out, 'org-login.cert.pem');
  const isThere = existsSync(keyFile) && existsSync(certificateFile);
  if (!isThere) {
    const subject = ['-x509', '-newkey', 'rsa:3072', '-nodes', '-days', '730', '-subj', '/CN=bridge login'];
    // The file is there for its owner alone before openssl writes into it.
    writeFileSync(keyFile, '', { mode: 0o600 });
    const { status } = spawnSync('openssl', ['req', ...subject, '-keyout', keyFile, '-out', certificateFile]);
    if (status !== 0) throw new SfError(`openssl made no key pair: put one into ${keyFile} and ${certificateFile}`);
  }
  return { state: isThere ? 'there' : 'made', keyFile, certificate: readFileSync(certificateFile, 'utf8') };
}

/** Consumer key of the app; undefined while there is no app, or the org does not show it. */
export function readClientId(alias) {
  const settings = retrieveFile(alias, `ExtlClntAppGlobalOauthSettings:${app}_Global`, '.ecaGlblOauth-meta.xml');
  return /<consumerKey>([^<]+)<\/consumerKey>/.exec(settings ?? '')?.[1];
}

/** Deploys the app: JWT bearer flow under our certificate, for users whom the permission set admits. */
export function deployClientApp(alias, certificate, permissionSet, dryRun) {
  const files = {
    [`externalClientApps/${app}.eca-meta.xml`]: component('ExternalClientApplication', {
      description: 'The bridge of the agent readiness kit logs in with it.',
      distributionState: 'Local',
      isProtected: 'false',
      label: 'Handoff Bridge',
    }),
    [`extlClntAppGlobalOauthSets/${app}_Global.ecaGlblOauth-meta.xml`]: component('ExtlClntAppGlobalOauthSettings', {
      callbackUrl: 'https://localhost/none',
      certificate,
      externalClientApplication: app,
      isConsumerSecretOptional: 'false',
      isPkceRequired: 'true',
      label: 'Handoff Bridge',
    }),
    [`extlClntAppOauthSettings/${app}_OAuth.ecaOauth-meta.xml`]: component('ExtlClntAppOauthSettings', {
      commaSeparatedOauthScopes: 'Api, RefreshToken',
      externalClientApplication: app,
      label: 'Handoff Bridge',
    }),
    [`extlClntAppOauthPolicies/${app}_Policy.ecaOauthPlcy-meta.xml`]: component(
      'ExtlClntAppOauthConfigurablePolicies',
      {
        commaSeparatedPermissionSet: permissionSet,
        externalClientApplication: app,
        label: 'Handoff Bridge',
        permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
      },
    ),
  };
  return inProject((folder) => {
    for (const [path, text] of Object.entries(files)) {
      const file = join(folder, 'force-app', path);
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, text);
    }
    return deployProject(alias, folder, dryRun);
  });
}

function component(type, values) {
  const elements = Object.entries(values).map(([name, value]) => `    <${name}>${value.trim()}</${name}>\n`);
  const namespace = 'http://soap.sforce.com/2006/04/metadata';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="${namespace}">\n${elements.join('')}</${type}>\n`;
}
