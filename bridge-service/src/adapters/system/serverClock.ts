/**
 * The time of a server, milliseconds since the epoch, from the `Date` header of its answer: to the second.
 * Undefined when it cannot be reached or says none.
 */
export async function readServerClock(url: string, signal: AbortSignal): Promise<number | undefined> {
  try {
    const { headers } = await fetch(url, { method: 'HEAD', redirect: 'manual', signal });
    const at = Date.parse(headers.get('date') ?? '');
    return Number.isNaN(at) ? undefined : at;
  } catch {
    return undefined;
  }
}
