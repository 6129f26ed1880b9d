import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { sendProblem } from './problems.ts';

/**
 * - `operator`: stops and releases, erases, and all that follows
 * - `auditor`: reads the log
 * - `org`: reads the answers to its own handoffs
 * - `monitor`: reads readiness
 */
export type AccessRole = 'operator' | 'auditor' | 'org' | 'monitor';

/** Who may call what signed objects do not speak for. The token itself is nowhere but at its owner. */
export interface AccessToken {
  readonly name: string;
  readonly role: AccessRole;
  /** SHA-256 of the token, hexadecimal. */
  readonly sha256: string;
  /** The org whose handoffs may be read; only with the role `org`. */
  readonly org?: string | undefined;
}

export type Caller = Pick<AccessToken, 'name' | 'role' | 'org'>;

const callers = new WeakMap<Request, Caller>();

/** Lets callers with one of the roles through; without any token nobody. */
export function allow(tokens: readonly AccessToken[], ...roles: readonly AccessRole[]): RequestHandler {
  return (request, response, next) => {
    const caller = identify(tokens, request.get('authorization'));
    if (caller === undefined) {
      sendProblem(response, 'unauthenticated');
    } else if (!roles.includes(caller.role)) {
      sendProblem(response, 'forbidden');
    } else {
      callers.set(request, caller);
      next();
    }
  };
}

/** Who calls, behind {@link allow}. */
export function callerOf(request: Request): Caller {
  const caller = callers.get(request);
  if (caller === undefined) throw new Error('the route is not protected');
  return caller;
}

/** Whose bearer token a header holds. */
export function identify(tokens: readonly AccessToken[], header: string | undefined): AccessToken | undefined {
  const [, token] = /^Bearer ([A-Za-z0-9._~+/=-]{1,512})$/i.exec(header ?? '') ?? [];
  if (token === undefined) return undefined;
  const digest = createHash('sha256').update(token).digest();
  return tokens.find(({ sha256 }) => timingSafeEqual(Buffer.from(sha256, 'hex'), digest));
}
