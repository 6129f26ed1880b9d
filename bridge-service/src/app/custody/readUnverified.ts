import { parseJson } from '../../domain/json.ts';

/** Where to look for what an object follows. Nothing of it is believed before it is verified. */
export function readUnverified(
  envelope: string,
): { readonly org: string; readonly txn: string; readonly prev: string } | undefined {
  const [, body = ''] = envelope.split('.');
  const claims = parseJson(Buffer.from(body, 'base64url').toString('utf8'));
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) return undefined;
  const { iss: org, txn, prev } = claims as Readonly<Record<string, unknown>>;
  return typeof org === 'string' && typeof txn === 'string' && typeof prev === 'string'
    ? { org, txn, prev }
    : undefined;
}
