import { z } from 'zod';
import { grantSchema } from './authority.ts';
import {
  commonClaims,
  lineSchema,
  ownerSchema,
  salesforceIdSchema,
  secondsSchema,
  sha256Schema,
  textSchema,
  traceparentSchema,
  usdMicrosSchema,
  userIdSchema,
} from './values.ts';

export const subjectKindSchema = z.enum(['user', 'messaging_end_user', 'contact', 'autonomous']);
type SubjectKind = z.infer<typeof subjectKindSchema>;
export const subjectAuthSchema = z.enum(['login', 'channel_verified', 'unverified']);
type SubjectAuth = z.infer<typeof subjectAuthSchema>;

/** How each kind of subject can have been authenticated; an autonomous run is the login of `run_as`. */
const subjectAuths: Readonly<Record<SubjectKind, readonly SubjectAuth[]>> = {
  user: ['login'],
  messaging_end_user: ['channel_verified', 'unverified'],
  contact: ['login', 'channel_verified', 'unverified'],
  autonomous: ['login'],
};

/** What names each kind of subject; an autonomous run has only the name of its agent. */
const subjectIds: Readonly<Record<SubjectKind, z.ZodType>> = {
  user: userIdSchema,
  messaging_end_user: salesforceIdSchema,
  contact: salesforceIdSchema,
  autonomous: textSchema,
};

/** The agent that acts, and those before it (RFC 8693 section 4.1): the nested ones are history only. */
export interface Actor {
  readonly sub: string;
  readonly version: string;
  readonly act?: Actor | undefined;
}
export const actorSchema: z.ZodType<Actor> = z.strictObject({
  sub: textSchema,
  version: textSchema,
  get act() {
    return actorSchema.optional();
  },
});

/** The request, as the platform knows it. `session` is missing where the channel has none. */
export const requestContextSchema = z.strictObject({
  request_id: textSchema,
  quiddity: textSchema,
  session: z.strictObject({ ref: textSchema, kind: textSchema }).optional(),
  /** Empty for an action of the planner itself, as in the manifest. */
  topic: lineSchema,
  action: textSchema,
  channel: textSchema.optional(),
});

/** The task. `purpose` may come from the model; what it costs and which task it is may not. */
export const taskContextSchema = z.strictObject({
  task_type: textSchema,
  purpose: textSchema,
  record_ids: z.array(salesforceIdSchema),
  due: secondsSchema.optional(),
  max_cost_usd_micros: usdMicrosSchema,
});

/** Classification of a field in the payload, as `FieldDefinition` has it. */
const dataClassSchema = z.strictObject({
  field: textSchema,
  classification: textSchema,
  compliance: z.array(textSchema),
});

const priorApprovalSchema = z.strictObject({
  by: userIdSchema,
  at: secondsSchema,
  channel: textSchema,
  decision: z.enum(['approved', 'rejected']),
  sha256: sha256Schema,
});

export const provenanceSchema = z.enum(['platform', 'linked', 'config', 'model']);
export type Provenance = z.infer<typeof provenanceSchema>;

/** "Please do this, under this authority, for this person, owned by this human." */
export const offerClaimsSchema = z
  .strictObject({
    ...commonClaims,
    /** Counts the attempts of one `txn` from 1. */
    att: z.int().min(1),
    sub: textSchema,
    sub_kind: subjectKindSchema,
    sub_auth: subjectAuthSchema,
    act: actorSchema,
    run_as: userIdSchema,
    /** Apex `Class.method` that made the request. */
    req_wl: textSchema,
    rctx: requestContextSchema,
    tctx: taskContextSchema,
    authorization_details: z.array(grantSchema),
    data_classes: z.array(dataClassSchema),
    /** Field → entity type, for the record values in the payload. */
    masking_hints: z.record(z.string().regex(/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/), textSchema),
    owner: ownerSchema,
    approvals: z.array(priorApprovalSchema),
    /** Digest of the policy. */
    policy: sha256Schema,
    /** Digest of the authority manifest, see `manifestSha256`. */
    manifest: sha256Schema,
    trace: traceparentSchema,
    payload_sha256: sha256Schema,
    /** Claim (or member of rctx and tctx) → who set it. */
    prov: z.record(z.string().regex(/^[a-z_0-9.]+$/), provenanceSchema),
  })
  .refine(({ sub_kind, sub_auth }) => subjectAuths[sub_kind].includes(sub_auth), {
    error: 'this kind of subject is never authenticated this way',
    path: ['sub_auth'],
  })
  .refine(({ sub, sub_kind }) => subjectIds[sub_kind].safeParse(sub).success, {
    error: 'not the id of this kind of subject',
    path: ['sub'],
  });
export type OfferClaims = z.infer<typeof offerClaimsSchema>;
