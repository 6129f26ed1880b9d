import { z } from 'zod';

/** 64 lower-case hexadecimal digits: every digest in a claim is written this way. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** Seconds since 1970-01-01T00:00:00Z, whole (RFC 7519 section 2, NumericDate). */
export const secondsSchema = z.int().min(0);

/** A random UUID (RFC 9562), lower case. */
export const uuidSchema = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

/** Identifies a party. For an org `https://<My Domain host>/<18-character org id>`. Compared exactly. */
export const partySchema = z
  .string()
  .max(255)
  .regex(/^https:\/\/[a-z0-9.-]+(:\d{1,5})?(\/[A-Za-z0-9._~/-]*)?$/);

/**
 * One line, or nothing, that has UTF-8. No control characters: a database stores no U+0000, and a line break forges
 * a line of a log.
 */
export const lineSchema = z
  .string()
  .max(255)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u);

/** A line with something in it: blank names own nothing. */
export const textSchema = lineSchema.regex(/\S/);

/** An API name, a channel or a host as the authority manifest has it, or `*`. */
export const nameSchema = z.string().regex(/^[!-~]{1,255}$/);

/** Millionths of a US dollar, whole. */
export const usdMicrosSchema = z.int().min(0);

/**
 * An 18-character Salesforce id whose check characters fit. The 15-character form and a changed case
 * name the same record, so that comparing them would let an approver pass for somebody else.
 */
export const salesforceIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9]{18}$/)
  .refine((id) => id.slice(15) === checkCharacters(id), { error: 'the check characters of the id do not fit' });

/** A Salesforce id of a User. */
export const userIdSchema = salesforceIdSchema.refine((id) => id.startsWith('005'), { error: 'not the id of a user' });

/** Each check character says which of five characters are upper case, least significant first. */
function checkCharacters(id: string): string {
  return [0, 5, 10]
    .map((start) => {
      const upper = Array.from(id.slice(start, start + 5), (character, bit) =>
        character >= 'A' && character <= 'Z' ? 2 ** bit : 0,
      );
      return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'.charAt(upper.reduce((sum, weight) => sum + weight, 0));
    })
    .join('');
}

/** A traceparent of version 00 (W3C Trace Context section 3.2); ids of zeros are invalid there. */
export const traceparentSchema = z.string().regex(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/);

/** Who answers for the work while this side holds it: a person by name or id, and a queue. */
export const ownerSchema = z.strictObject({ person: textSchema, queue: textSchema });
export type Owner = z.infer<typeof ownerSchema>;

/** Claims that every object carries (RFC 7519 section 4.1). `aud` is one party, never a list. */
export const commonClaims = {
  iss: partySchema,
  aud: partySchema,
  iat: secondsSchema,
  nbf: secondsSchema,
  exp: secondsSchema,
  /** One per signed object. */
  jti: uuidSchema,
  /** One per handoff, over all its retries and objects: the idempotency key. */
  txn: uuidSchema,
};

/** Claims of every object but the first: `prev` is the SHA-256 of the compact form before it. */
export const linkedClaims = { ...commonClaims, prev: sha256Schema };
