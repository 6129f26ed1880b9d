import { setTimeout as delay } from 'node:timers/promises';

export { delay };

/** Asks every `everyMs` until the answer is true; false when that has not happened within `withinMs`. */
export async function until(
  ask: () => boolean | Promise<boolean>,
  { withinMs, everyMs = 250 }: { readonly withinMs: number; readonly everyMs?: number },
): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (!(await ask())) {
    if (performance.now() > end) return false;
    await delay(everyMs);
  }
  return true;
}

/** Runs `work` over all items, at most `limit` at once. */
export async function forEach<T>(
  items: readonly T[],
  limit: number,
  work: (item: T, at: number) => Promise<void>,
): Promise<void> {
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [at, item] of queue) await work(item, at);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}
