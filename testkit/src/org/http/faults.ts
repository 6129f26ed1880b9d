import type { ErrorCode } from '../errors.ts';

/** What goes wrong with one request. */
export type Fault =
  /** Answered with an error; nothing was done. */
  | { readonly kind: 'error'; readonly errorCode: ErrorCode; readonly message?: string }
  /** Answered by something in front of the org, with a page; nothing was done. */
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  /** Answered late. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** The session ends before the request is looked at. */
  | { readonly kind: 'sessionExpired' }
  /** The connection breaks: before anything is done, or after everything was done and before the answer. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  /** Done; the answer breaks off in the middle. */
  | { readonly kind: 'truncatedBody' }
  /** Done; the answer trickles in this many pieces. */
  | { readonly kind: 'slowBody'; readonly pieces: number; readonly msBetween: number }
  /** Done; a composite answer holds the first of its subresponses only. */
  | { readonly kind: 'halfAnsweredComposite'; readonly answered: number };

/** Which requests a fault is meant for; every request if nothing is said. */
export interface FaultTarget {
  readonly method?: string;
  /** A part of the path, or a pattern that finds itself in it. */
  readonly path?: string | RegExp;
}

interface Planned {
  readonly target: FaultTarget;
  readonly fault: Fault;
  left: number;
}

/** Faults that wait for their request. */
export class Faults {
  readonly #planned: Planned[] = [];

  /** Plans a fault for the next requests that fit; several for one request come one after the other. */
  next(fault: Fault, target: FaultTarget = {}, times = 1): void {
    this.#planned.push({ target, fault, left: times });
  }

  /** Faults that no request has met yet. A test that plans one should end with none. */
  get waiting(): readonly Fault[] {
    return this.#planned.filter(({ left }) => left > 0).map(({ fault }) => fault);
  }

  clear(): void {
    this.#planned.length = 0;
  }

  /** The fault for a request; it is spent then. */
  take(method: string, path: string): Fault | undefined {
    const planned = this.#planned.find(({ target, left }) => left > 0 && fits(target, method, path));
    if (!planned) return undefined;
    planned.left -= 1;
    return planned.fault;
  }
}

function fits(target: FaultTarget, method: string, path: string): boolean {
  if (target.method !== undefined && target.method !== method) return false;
  if (target.path === undefined) return true;
  return typeof target.path === 'string' ? path.includes(target.path) : target.path.test(path);
}
