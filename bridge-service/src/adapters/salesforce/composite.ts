import { z } from 'zod';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { errorCodesOf, isPassing } from './errorCodes.ts';
import type { OrgClient } from './orgClient.ts';
import type { Sent } from './send.ts';

/** One request within another (REST API Developer Guide, "Composite"). `@{referenceId.path}` names earlier answers. */
export interface Subrequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the version: `/sobjects/Case`. */
  readonly path: string;
  readonly referenceId: string;
  readonly body?: JsonObject;
}

export interface Subresponse {
  readonly ok: boolean;
  readonly body: JsonValue;
  readonly codes: readonly string[];
}

/**
 * - `answered`: an answer to each subrequest, by its reference
 * - `refused`: the org took none of it, and says why
 * - `unsent`, `unknown`: as {@link Sent}
 */
export type CompositeAnswer =
  | { readonly kind: 'answered'; readonly answers: ReadonlyMap<string, Subresponse> }
  | { readonly kind: 'refused'; readonly code: string }
  | Exclude<Sent, { kind: 'answered' }>;

/** The org takes no more than this in one request. */
export const mostSubrequests = 25;
export const mostQueries = 5;

const compositeSchema = z.object({
  compositeResponse: z.array(z.object({ referenceId: z.string(), httpStatusCode: z.int(), body: z.json() })),
});

/** @param allOrNone whether everything is undone when one subrequest fails */
export async function postComposite(
  client: OrgClient,
  subrequests: readonly Subrequest[],
  allOrNone: boolean,
  signal: AbortSignal,
): Promise<CompositeAnswer> {
  const compositeRequest = subrequests.map(({ path, ...rest }) => ({ ...rest, url: `${client.basePath}${path}` }));
  const sent = await client.post(`${client.basePath}/composite`, { allOrNone, compositeRequest }, signal);
  if (sent.kind !== 'answered') return sent;
  const parsed = compositeSchema.safeParse(sent.body);
  if (sent.status === 200 && parsed.success) {
    const { compositeResponse } = parsed.data;
    // Half an answer is none: which half is missing decides over everything.
    if (compositeResponse.length !== subrequests.length) return { kind: 'unknown' };
    const answers = compositeResponse.map(({ referenceId, httpStatusCode, body }): [string, Subresponse] => [
      referenceId,
      { ok: httpStatusCode >= 200 && httpStatusCode < 300, body, codes: errorCodesOf(body) },
    ]);
    return { kind: 'answered', answers: new Map(answers) };
  }
  const [code] = errorCodesOf(sent.body);
  const isDefinite = code !== undefined && (sent.status < 500 || isPassing(code));
  return isDefinite ? { kind: 'refused', code } : { kind: 'unknown' };
}
