import { z } from 'zod';
import { hasMixedLookAlikes } from '../../masking/text/lookAlikes.ts';
import { withoutEscapes } from '../../masking/text/encodings.ts';
import { normalise } from '../../masking/text/normalise.ts';
import { inEachPart, type Guardrail } from '../guardrail.ts';

export const linksOptions = z.strictObject({
  /** Hosts that may be linked to; `*.example.com` stands for the hosts below it. */
  allowedHosts: z.array(z.string().regex(/^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/)).default([]),
  /** Longest query and fragment of an allowed link: data leaves in long ones. */
  maxQueryCharacters: z.int().min(0).default(200),
});

const anyUrl =
  /(?:(?<![\w])[a-z][a-z0-9+.-]{1,20}:[/\\]{2}|(?<![\w:/\\])[/\\]{2}(?=[\p{L}\p{N}-]{1,63}\.))[^\s<>"'`)\]]{1,2000}/giu;
const bareHost =
  /(?<![\p{L}\p{N}@/.:\\-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,6}(?:com|net|org|io|co|app|dev|xyz|info|biz|ru|cn|tk|top|site|online|link|click|me|ly|gl|sh|ai|cc|ws)(?![\p{L}\p{N}-])(?:[/?#][^\s<>"'`)\]]{0,2000})?/giu;
const activeScheme =
  /(?<![\w])(?:(?:javascript|vbscript)\s{0,5}:\s{0,5}\S|data\s{0,5}:\s{0,5}(?:[\w-]{1,40}\/|[;,])|(?:file|blob)\s{0,5}:\s{0,5}[\w/\\])/iu;
const defanged = /(?<![\w])h(?:xx|tt|\*\*)ps?(?:\[:\]|:)[/\\]{2}[^\s]{0,200}(?:\[\.\]|\(\.\))|(?<![\w])hxxps?:/iu;
const image =
  /!\[[^\]\n]{0,300}\](?:\(|\[)|<(?:img|iframe|object|embed|link|script|video|audio|source|svg|form|base|meta)\b/iu;

/**
 * Links that could carry data out or a reader away: hosts that are not allowed, images and elements that load by
 * themselves, schemes that run, hosts that only look like another one.
 */
export function links({ allowedHosts, maxQueryCharacters }: z.infer<typeof linksOptions>): Guardrail {
  return {
    id: 'links',
    stages: ['out'],
    inspect: inEachPart(function* (text) {
      const raw = withoutEscapes(text)?.text ?? text;
      const seen = normalise(raw).text;
      if (image.test(seen)) yield 'loads_by_itself';
      if (activeScheme.test(seen)) yield 'active_scheme';
      if (defanged.test(seen)) yield 'defanged_link';
      for (const [address] of [...raw.matchAll(anyUrl), ...raw.matchAll(bareHost)]) yield* judge(address);
      for (const [address] of [...seen.matchAll(anyUrl), ...seen.matchAll(bareHost)]) yield* judge(address);
    }),
  };

  function* judge(address: string): Iterable<string> {
    const url = parse(address);
    if (!url) {
      yield 'unreadable_link';
      return;
    }
    if (hasMixedLookAlikes(address.split(/[/?#]+/)[1] ?? '') || /(?:^|\.)xn--/.test(url.hostname))
      yield 'look_alike_host';
    if (url.username !== '' || url.password !== '') yield 'credentials_in_link';
    if (!allowedHosts.some((host) => matches(url.hostname, host))) yield 'host_not_allowed';
    else if (url.search.length + url.hash.length > maxQueryCharacters) yield 'long_query';
  }
}

/** As a browser reads it: backslashes are slashes, and a missing scheme is https. */
function parse(address: string): URL | undefined {
  const slashes = address.replaceAll('\\', '/');
  const absolute = slashes.startsWith('//')
    ? `https:${slashes}`
    : /^[a-z][a-z0-9+.-]*:/i.test(slashes)
      ? slashes
      : `https://${slashes}`;
  // Schemes that the URL standard does not know keep their host as it was written; read them as https.
  return URL.parse(absolute.replace(/^[a-z][a-z0-9+.-]*:/i, 'https:')) ?? undefined;
}

function matches(hostname: string, allowed: string): boolean {
  const host = hostname.replace(/\.$/, '').toLowerCase();
  return allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed;
}
