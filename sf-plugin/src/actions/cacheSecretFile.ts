import { join } from 'node:path';

/** Where a user's key to the caches in projects is kept, in the cache folder of the CLI. */
export function cacheSecretFile(cacheDir: string): string {
  return join(cacheDir, 'agent-readiness.key');
}
