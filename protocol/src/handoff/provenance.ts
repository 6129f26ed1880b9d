import type { OfferClaims, Provenance } from './offerClaims.ts';
import { refused, type Refusal } from './outcome.ts';

interface Rule {
  readonly from: readonly Provenance[];
  /** The claim says who may do what, for whom, how much of it, or what was decided about it. */
  readonly grantsAuthority?: true;
}

const platform: Rule = { from: ['platform'] };
const authority = (...from: Provenance[]): Rule => ({ from, grantsAuthority: true });

/**
 * Who may set each claim of an offer. `rctx` and `tctx` have several authors, so their members are
 * listed instead. `prov` itself is not.
 */
export const provenanceRules: Readonly<Record<string, Rule>> = {
  iss: authority('platform', 'config'),
  aud: authority('config'),
  iat: platform,
  nbf: platform,
  exp: platform,
  jti: platform,
  txn: platform,
  att: platform,
  sub: authority('platform', 'linked'),
  sub_kind: authority('platform', 'linked'),
  sub_auth: authority('platform', 'linked'),
  act: authority('config'),
  run_as: authority('platform'),
  req_wl: authority('platform'),
  'rctx.request_id': platform,
  'rctx.quiddity': platform,
  'rctx.session': { from: ['platform', 'linked'] },
  'rctx.topic': authority('config'),
  'rctx.action': authority('config'),
  'rctx.channel': { from: ['platform', 'linked', 'config'] },
  'tctx.task_type': authority('config'),
  'tctx.purpose': { from: ['platform', 'linked', 'config', 'model'] },
  'tctx.record_ids': { from: ['platform', 'linked', 'config', 'model'] },
  'tctx.due': { from: ['platform', 'linked', 'config', 'model'] },
  'tctx.max_cost_usd_micros': authority('config'),
  authorization_details: authority('config'),
  data_classes: authority('platform'),
  masking_hints: authority('platform'),
  owner: authority('config'),
  approvals: authority('platform'),
  policy: authority('config'),
  manifest: authority('config'),
  trace: platform,
  payload_sha256: platform,
};

/**
 * Whether `prov` names, for each claim that is there and for no other, a source that may set it.
 * Undefined if so, else `provenance_missing`, `provenance_model` (an authority claim, the model) or
 * `provenance_invalid`.
 */
export function checkProvenance(claims: OfferClaims): Refusal | undefined {
  const present = new Set(claimPaths(claims));
  for (const path of present) {
    const source = claims.prov[path];
    const rule = provenanceRules[path];
    if (source === undefined) return refused('provenance_missing', path);
    if (rule?.from.includes(source)) continue;
    return refused(source === 'model' && rule?.grantsAuthority ? 'provenance_model' : 'provenance_invalid', path);
  }
  const stray = Object.keys(claims.prov).find((path) => !present.has(path));
  return stray === undefined ? undefined : refused('provenance_invalid', stray);
}

/** Names of the claims of an offer, with `rctx` and `tctx` taken apart. */
function claimPaths(claims: OfferClaims): string[] {
  return Object.entries(claims).flatMap(([name, value]) => {
    if (name === 'prov') return [];
    const hasSeveralAuthors = name === 'rctx' || name === 'tctx';
    return hasSeveralAuthors ? Object.keys(value).map((member) => `${name}.${member}`) : [name];
  });
}
