import { canonicalJson } from '@agent-readiness/protocol';
import { resultClaimsSchema } from '@agent-readiness/protocol/handoff';
import { authorityCases } from './authorityCases.ts';
import { canonicalCases } from './canonicalCases.ts';
import { testKeys } from './keys.ts';
import { logVectors } from './logCases.ts';
import { forge, validChain, type ObjectCase } from './objectCases.ts';
import { answerRejections, approvalRejections } from './answerRejections.ts';
import { envelopeRejections } from './envelopeRejections.ts';
import { offerRejections } from './offerRejections.ts';
import type { Rejection } from './rejection.ts';
import { resultRejections } from './resultRejections.ts';
import { bridgeParty, ids, logOrigin, manifest, orgParty, sha256 } from './scenario.ts';
import { logVerifierKey } from './testLog.ts';

/** What every vector is verified with. */
export const setting = {
  issuers: [
    {
      issuer: orgParty,
      role: 'org' as const,
      certificates: [testKeys.org.certificate],
      pins: [`cert:${testKeys.org.thumbprint}`],
    },
    {
      issuer: bridgeParty,
      role: 'bridge' as const,
      certificates: [testKeys.bridge.certificate],
      pins: [`spki:${testKeys.bridge.publicKeyPin}`],
    },
  ],
  parties: { org: orgParty, bridge: bridgeParty },
  skewSeconds: 30,
  integrationUsers: [ids.integrationUser],
  manifest,
  log: { origin: logOrigin, key: logVerifierKey },
};

/** All vectors of objects, the valid chain first. */
export async function objectVectors(): Promise<ObjectCase[]> {
  const chain = await validChain();
  const rejections = [
    ...envelopeRejections,
    ...offerRejections,
    ...answerRejections,
    ...approvalRejections,
    ...(await resultRejections(
      resultClaimsSchema.parse(chain['result']?.valid),
      resultClaimsSchema.parse(chain['waiting-result']?.valid),
    )),
  ];
  return [
    ...Object.values(chain).map((link) => link.case),
    ...rejections.map((rejection) => reject(rejection, chain[rejection.of])),
  ];
}

function reject(rejection: Rejection, link: { valid: object; case: ObjectCase } | undefined): ObjectCase {
  if (link === undefined) throw new Error(`no valid ${rejection.of}`);
  const { of, name, expect } = rejection;
  const envelope = forge(link.case.kind, link.valid, rejection);
  return { ...link.case, name: `${of}-${name}`, expect, envelope, ...rejection.case };
}

/** The committed files by name: what `npm run vectors` writes. */
export async function buildVectors(): Promise<Record<string, string>> {
  const objects = await objectVectors();
  const files = {
    'setting.json': setting,
    'objects.json': objects,
    'authority.json': authorityCases,
    'log.json': logVectors(),
    'canonical.json': canonicalCases.map(({ name, json }) => {
      const canonical = canonicalJson(JSON.parse(json));
      return { name, json, canonical, sha256: sha256(canonical) };
    }),
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name, `${JSON.stringify(content, undefined, 2)}\n`]),
  );
}
