import type { Bridge } from '../app/bridge.ts';
import type { Runner } from '../app/run/runner.ts';
import type { Readiness } from '../domain/readiness.ts';
import type { AccessToken } from './access.ts';
import type { AccessTokens } from './oauth/accessTokens.ts';

/** What the routes need from the rest of the service. */
export interface HttpOptions {
  readonly bridge: Bridge;
  readonly runner: Runner;
  readonly tokens: readonly AccessToken[];
  readonly accessTokens: AccessTokens;
  /** Where callers reach the bridge, without a slash at the end. */
  readonly publicUrl: string;
  readonly readiness: () => Promise<Readiness>;
  /** The text format of Prometheus. */
  readonly metrics: () => Promise<string>;
  readonly limits: {
    readonly maxBodyBytes: number;
    /** Handoffs that run at a time; beyond, offers are turned away before anything is done with them. */
    readonly maxRunning: number;
    /** How long a synchronous caller waits before it gets a 202. */
    readonly syncTimeoutMs: number;
  };
}
