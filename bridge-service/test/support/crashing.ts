import type { TestBridge } from './testBridge.ts';

/** The process died: whatever it would have done next does not happen. */
export class CrashError extends Error {
  override readonly name = 'CrashError';
}

export interface Crash {
  /** The awaited call, counted from 1, at which the process dies. */
  readonly at: number;
  /** Before the call has any effect, or after it and before anybody learns of it. */
  readonly when: 'before' | 'after';
}

/**
 * The same bridge, in a process that dies at one awaited call to the outside: a transaction, a question to
 * the model, a write to the org. `calls` tells how many there were.
 */
export function crashing(bridge: TestBridge, { at, when }: Crash): { bridge: TestBridge; calls: () => number } {
  let calls = 0;
  let isDead = false;
  const risky = async <T>(call: () => Promise<T>): Promise<T> => {
    if (isDead) throw new CrashError();
    calls += 1;
    const isHere = calls === at;
    isDead ||= isHere;
    if (isHere && when === 'before') throw new CrashError();
    const result = await call();
    if (isHere) throw new CrashError();
    return result;
  };
  return {
    calls: () => calls,
    bridge: {
      ...bridge,
      replica: 'the one that dies',
      store: { transaction: (work) => risky(() => bridge.store.transaction(work)) },
      model: { ...bridge.model, ask: (request, run) => risky(() => bridge.model.ask(request, run)) },
      org: {
        ...bridge.org,
        read: (read, signal) => risky(() => bridge.org.read(read, signal)),
        query: (query, signal) => risky(() => bridge.org.query(query, signal)),
        write: (write, signal) => risky(() => bridge.org.write(write, signal)),
      },
      // No heartbeats: how many there are depends on how fast the machine is.
      clock: { ...bridge.clock, sleep: () => new Promise(() => undefined) },
    },
  };
}
