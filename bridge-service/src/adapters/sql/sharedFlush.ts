/**
 * Turns a flush into one that callers share. Each call resolves after a flush that began after the call, so
 * all that its caller had committed is durable; who asks while a flush runs shares the next one.
 */
export function createSharedFlush(flush: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const afterRunning = async (): Promise<void> => {
    // Whether the one before it failed is for those who waited for that one.
    await running.catch(() => undefined);
    const begun = next;
    next = undefined;
    if (begun !== undefined) running = begun;
    await flush();
  };
  return () => (next ??= afterRunning());
}
