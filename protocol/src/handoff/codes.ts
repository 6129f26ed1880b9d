/**
 * Every reason for which an object, a proof or a configuration is refused. The codes are stable:
 * they appear in receipts, in logs and in the golden vectors. `docs/protocol.md` lists them, and a
 * test compares the two.
 */
export const refusalCodes = {
  certificate_malformed: 'not a PEM X.509 certificate with an RSA key',
  certificate_weak_key: 'the RSA key is shorter than 2048 bits',
  certificate_not_pinned: 'neither the certificate nor its public key is among the pins of the issuer',
  certificate_shared: 'one key stands for two issuers',

  envelope_too_large: 'the compact form is longer than 131,072 characters',
  envelope_malformed: 'not three canonical base64url parts, or not unambiguous JSON',
  header_invalid: 'the header has other members than alg, typ and x5t#S256',
  alg_forbidden: 'the algorithm is not RS256',
  typ_wrong: 'the object is of another kind than the one expected here',
  issuer_unknown: 'no pinned certificate has this thumbprint',
  key_expired: 'the pinned certificate is not valid at this time',
  signature_invalid: 'the signature does not verify',
  issuer_mismatch: 'iss is not the issuer whose certificate signed',
  issuer_role: 'this side may not sign this kind of object',

  claim_unknown: 'a claim that version 1 does not define',
  claim_invalid: 'a claim is missing or has the wrong shape',
  owner_missing: 'no accountable person or no queue: no owner, no handoff',
  audience_wrong: 'the object is meant for somebody else',
  issued_in_future: 'iat lies in the future, beyond the allowed clock skew',
  not_yet_valid: 'nbf lies in the future, beyond the allowed clock skew',
  expired: 'exp has passed, beyond the allowed clock skew',
  lifetime_too_long: 'exp is further from iat than this kind of object may live',

  prev_broken: 'prev is not the hash of the object before',
  order_wrong: 'this kind of object cannot follow the one before',
  txn_mismatch: 'txn differs from that of the object before',
  party_mismatch: 'the two parties differ from those of the object before',
  payload_mismatch: 'payload_sha256 is not the hash of the payload',

  jti_reused: 'the same jti arrived with another object: raise an alarm',
  txn_changed: 'a retry under the same txn asks for something else',

  provenance_missing: 'prov does not say who set a claim',
  provenance_model: 'a claim that grants authority was set by the model',
  provenance_invalid: 'prov names a source that may not set this claim, or a claim that is not there',

  subject_read_only: 'an unverified subject may only read',
  manifest_mismatch: 'the authority manifest is not the one the offer was made under',
  action_not_in_manifest: 'the reviewed manifest has no entry for this agent, topic and action',
  authority_exceeds_manifest: 'the offer carries authority that the reviewed entry does not contain',
  authority_widened: 'the accept carries authority that the offer does not contain',
  cost_widened: 'the cost limit or the cost is higher than what was granted',
  effect_outside_authority: 'an effect that the accepted authority does not contain',
  effect_without_approval: 'an effect that needed an approval which is not in the chain',
  disposition_inconsistent: 'the disposition does not fit the effects or the plan',

  plan_invalid: 'the plan is malformed',
  approval_plan_mismatch: 'the approval is over another plan',
  approval_expired: 'the plan has expired',
  approval_rejected: 'the approver said no',
  approval_reused: 'the approval was used before',
  approver_is_requester: 'the approver asked for it',
  approver_is_agent: 'the approver is the user the agent runs as',
  approver_is_integration_user: 'the approver is an integration user',

  note_malformed: 'not a signed note, or not a verifier key',
  note_unsigned: 'no trusted key has signed the note',
  note_signature_invalid: 'a signature of a trusted key does not verify',
  checkpoint_malformed: 'not a checkpoint: origin, size and root hash',
  checkpoint_origin: 'the checkpoint is of another log',
  checkpoint_mismatch: 'the org stored another checkpoint than the one it was shown',
  inclusion_invalid: 'the entry is not in the tree of the checkpoint',
  consistency_invalid: 'the newer tree does not extend the older one',
  receipt_mismatch: 'the logged event speaks of another result',
} as const satisfies Record<string, string>;

export type RefusalCode = keyof typeof refusalCodes;
