import { createAesGcm } from '../../src/adapters/system/aesGcm.ts';
import { systemRandom } from '../../src/adapters/system/systemRandom.ts';
import type { Database } from '../../src/adapters/sql/openDatabase.ts';
import { createSqlStore } from '../../src/adapters/sql/sqlStore.ts';
import type { HandoffKey, Outbox } from '../../src/ports/outbox.ts';
import type { Store } from '../../src/ports/store.ts';

/** What was put into the outbox; also by transactions that were rolled back, since it is not in the store. */
export interface SentJob {
  readonly kind: 'wake' | 'deliver';
  readonly key: HandoffKey;
  readonly atMs?: number;
}

export function openStore(database: Database, sent: SentJob[] = []): Store {
  const outbox: Outbox = {
    wake: (key, atMs) => {
      sent.push({ kind: 'wake', key, atMs });
      return Promise.resolve();
    },
    deliver: (key) => {
      sent.push({ kind: 'deliver', key });
      return Promise.resolve();
    },
  };
  const wrapping = {
    cipher: createAesGcm(systemRandom),
    random: systemRandom,
    masterKey: new Uint8Array(32).fill(7),
  };
  return createSqlStore(database, { wrapping, outbox: () => outbox });
}
