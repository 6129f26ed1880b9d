export interface Http {
  readonly fetch: typeof fetch;
  readonly sleep: (ms: number) => Promise<void>;
  /** Milliseconds since 1970, to know when a limit ends. */
  readonly now: () => number;
}

const maxAttempts = 4;
const timeoutMs = 30_000;
/** A job that waits longer for a comment costs more than the comment is worth. */
const maxWaitMs = 120_000;

/**
 * Sends one request and reads the JSON of its answer. Waits and tries again where the host says that it is
 * asked too much, or fails at something that may be done twice.
 *
 * @throws Error when the host refuses, with the path of the request and never its headers
 */
export async function requestJson(
  http: Http,
  method: 'GET' | 'POST' | 'PATCH' | 'PUT',
  url: string,
  headers: Readonly<Record<string, string>>,
  body?: object,
): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await http.fetch(url, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      // The token goes to no other host.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body && { body: JSON.stringify(body) }),
    });
    if (response.ok) return response.json();
    const waitMs = attempt < maxAttempts ? waitFor(response, method, attempt, http.now()) : undefined;
    if (waitMs === undefined || waitMs > maxWaitMs) {
      throw new Error(`${method} ${new URL(url).pathname} answered ${response.status}`);
    }
    // The connection is free for the next attempt.
    await response.body?.cancel();
    await http.sleep(waitMs);
  }
}

/** GitHub says 403 or 429 where a limit is reached, GitLab 429; without any hint GitHub asks for a minute. */
function waitFor({ status, headers }: Response, method: string, attempt: number, now: number): number | undefined {
  const retryAfter = headers.get('retry-after');
  const isSpent = headers.get('x-ratelimit-remaining') === '0';
  if (status === 429 || (status === 403 && (retryAfter !== null || isSpent))) {
    if (retryAfter !== null) return Number(retryAfter) * 1000;
    const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN) * 1000;
    return isSpent && Number.isFinite(reset) ? Math.max(reset - now, 0) + 1000 : 60_000;
  }
  // A second POST could make a second comment.
  return status >= 500 && method !== 'POST' ? attempt * 2000 : undefined;
}
