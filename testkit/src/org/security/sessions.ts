import type { RandomBytes } from '../random.ts';

interface Session {
  readonly userId: string;
  readonly expiresAt: number;
}

/** Access tokens and refresh tokens. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #refreshTokens = new Map<string, { readonly userId: string; readonly clientId: string }>();
  readonly #orgId: string;
  readonly #random: RandomBytes;
  readonly #now: () => Date;
  readonly #lifetimeMs: number;

  constructor(orgId: string, random: RandomBytes, now: () => Date, lifetimeMs: number) {
    this.#orgId = orgId;
    this.#random = random;
    this.#now = now;
    this.#lifetimeMs = lifetimeMs;
  }

  /** @returns an access token in the shape of a session id: org id, `!`, secret */
  open(userId: string): string {
    const token = `${this.#orgId.slice(0, 15)}!${this.#random(48).toString('base64url')}`;
    this.#sessions.set(token, { userId, expiresAt: this.#now().getTime() + this.#lifetimeMs });
    return token;
  }

  userIdOf(token: string): string | undefined {
    const session = this.#sessions.get(token);
    return session && session.expiresAt > this.#now().getTime() ? session.userId : undefined;
  }

  /** Ends one session, or all there are; refresh tokens stay good. */
  expire(token?: string): void {
    if (token === undefined) this.#sessions.clear();
    else this.#sessions.delete(token);
  }

  issueRefreshToken(userId: string, clientId: string): string {
    const token = `5Aep${this.#random(32).toString('base64url')}`;
    this.#refreshTokens.set(token, { userId, clientId });
    return token;
  }

  userIdOfRefreshToken(token: string, clientId: string): string | undefined {
    const known = this.#refreshTokens.get(token);
    return known?.clientId === clientId ? known.userId : undefined;
  }

  /** @returns whether there was such a token */
  revoke(token: string): boolean {
    const wasRefreshToken = this.#refreshTokens.delete(token);
    return this.#sessions.delete(token) || wasRefreshToken;
  }
}
