import { z } from 'zod';
import { ownerSchema, partySchema, sha256Schema, userIdSchema } from '@agent-readiness/protocol/handoff';
import { Secret } from './secret.ts';

const secretSchema = z
  .string()
  .min(1)
  .transform((value) => new Secret(value));
const bytes32Schema = z
  .base64()
  .refine((text) => Buffer.from(text, 'base64').length === 32, { error: '32 bytes in base64' })
  .transform((value) => new Secret(value));
const usdSchema = z
  .number()
  .min(0)
  .max(1_000_000)
  .transform((usd) => Math.floor(usd * 1_000_000));
const pathSchema = z.string().min(1);
const portSchema = z.coerce.number().int().min(0).max(65_535);

/** https, or this machine: a token goes there. */
const orgUrlSchema = z
  .string()
  .regex(/^(https:\/\/[a-z0-9.-]+|http:\/\/(127\.0\.0\.1|localhost))(:\d{1,5})?$/, { error: 'https://<My Domain>' });

const orgSchema = z.strictObject({
  party: partySchema,
  /** PEM files, one certificate each; several while keys rotate. */
  certificates: z.array(pathSchema).min(1),
  /** `cert:` or `spki:` and a digest: what was reviewed, apart from the files. */
  pins: z.array(z.string().regex(/^(cert|spki):[A-Za-z0-9_-]{43}$/)).min(1),
  /** The integration user; without it the org asks for its answers, and nothing is written back. */
  login: z
    .strictObject({
      url: orgUrlSchema,
      clientId: z.string().min(1),
      /** With a username by a signed assertion, without one by client credentials. */
      username: z.string().min(1).optional(),
      apiVersion: z
        .string()
        .regex(/^\d\d\.0$/)
        .default('68.0'),
    })
    .optional(),
});

const tokenSchema = z
  .strictObject({
    name: z.string().min(1).max(100),
    role: z.enum(['operator', 'auditor', 'org', 'monitor']),
    sha256: sha256Schema,
    org: partySchema.optional(),
  })
  .refine(({ role, org }) => (role === 'org') === (org !== undefined), {
    error: 'a token of the role org names its org, and no other does',
    path: ['org'],
  });

const routeSchema = z.strictObject({ model: z.string().min(1), expectedMs: z.int().min(1) });
const tierSchema = z.array(routeSchema).min(1);

const settingsSchema = z.strictObject({
  /** TCP port; 0 lets the system choose. */
  port: portSchema.default(8080),
  /** Loopback by default: opening the bridge to a network is a decision. */
  host: z.string().min(1).default('127.0.0.1'),
  /** Where the embedded store is, and the keys of a first start. */
  dataFolder: pathSchema,
  /** A PostgreSQL server; without it the embedded store in `dataFolder`. */
  databaseUrl: secretSchema.optional(),
  maxConnections: z.int().min(1).max(200).default(10),
  /** Wraps the data keys. */
  masterKey: bytes32Schema,
  /** Opens data keys that it once wrapped, while one master key is exchanged for another. */
  secondMasterKey: bytes32Schema.optional(),
  party: partySchema,
  /** Where callers reach the bridge, when that is not `party`; access tokens are issued under this name. */
  publicUrl: z.url().optional(),
  /** Collector of spans, OTLP over HTTP; no spans without it. */
  otlpUrl: z.url().optional(),
  signing: z.strictObject({ privateKey: secretSchema, certificate: z.string().min(1) }),
  log: z.strictObject({ origin: z.string().regex(/^[^\s+]+$/), seed: bytes32Schema }),
  owner: ownerSchema,
  orgs: z.array(orgSchema),
  /** What the bridge logs in with, in every org. */
  orgLogin: z.strictObject({ privateKey: secretSchema.optional(), clientSecret: secretSchema.optional() }).prefault({}),
  integrationUsers: z.array(userIdSchema),
  tokens: z.array(tokenSchema),
  /** `authority.lock.json`, as it was reviewed. */
  manifest: pathSchema.optional(),
  tasks: pathSchema,
  budgets: z.strictObject({
    agentPerDayUsd: usdSchema,
    taskPerDayUsd: usdSchema,
    perDayUsd: usdSchema,
    perMonthUsd: usdSchema,
  }),
  vaultRetentionHours: z.number().positive().max(8_760).default(24),
  anthropic: z
    .strictObject({
      apiKey: secretSchema,
      baseUrl: z.url().optional(),
      /** Whether questions of tasks that may wait go by batches: cheaper, and not with zero retention. */
      allowBatches: z.boolean().default(false),
      tiers: z.strictObject({ small: tierSchema, medium: tierSchema, large: tierSchema }),
    })
    .optional(),
  limits: z
    .strictObject({
      maxBodyBytes: z.int().min(1_024).max(10_000_000).default(400_000),
      maxRunning: z.int().min(1).max(10_000).default(64),
      syncTimeoutMs: z.int().min(1).max(120_000).default(25_000),
      drainMs: z.int().min(0).max(600_000).default(20_000),
    })
    .prefault({}),
});

/** All settings. Secrets come from the environment, everything else from the file or its default. */
export const configSchema = settingsSchema.superRefine(({ orgs, orgLogin }, context) => {
  const logins = orgs.flatMap(({ login }) => login ?? []);
  const needs = (secret: 'privateKey' | 'clientSecret', needed: boolean): void => {
    if (!needed || orgLogin[secret] !== undefined) return;
    context.addIssue({ code: 'custom', path: ['orgLogin', secret], message: 'an org is logged in to with it' });
  };
  needs(
    'privateKey',
    logins.some(({ username }) => username !== undefined),
  );
  needs(
    'clientSecret',
    logins.some(({ username }) => username === undefined),
  );
});
export type Config = z.infer<typeof configSchema>;
