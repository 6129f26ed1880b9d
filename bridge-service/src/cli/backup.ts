import { hkdfSync } from 'node:crypto';
import { z } from 'zod';
import { signCheckpoint } from '@agent-readiness/protocol/log';
import { writeBackupFile } from '../adapters/files/backupFile.ts';
import { dumpTables, schemaOf } from '../adapters/sql/backup/dumpTables.ts';
import type { Database } from '../adapters/sql/openDatabase.ts';
import type { Bridge } from '../app/bridge.ts';
import type { Config } from '../config/schema.ts';

const backupFormat = 'agent-readiness bridge backup 1';

/** The first line of a backup; the others are rows, `<table> <JSON>`. */
export const backupHeadSchema = z.strictObject({
  format: z.literal(backupFormat),
  party: z.string(),
  /** ISO 8601, UTC. */
  at: z.iso.datetime(),
  /** Names of the migrations that made the tables. */
  schema: z.array(z.string()),
  /** The signed head of the log at the moment of the backup. */
  checkpoint: z.string(),
});
export type BackupHead = z.infer<typeof backupHeadSchema>;

/** Who can write a backup can read the store: the key is derived from the master key. */
export function backupKeyOf(masterKey: Config['masterKey']): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', Buffer.from(masterKey.reveal(), 'base64'), '', 'backup', 32));
}

/** Of the settings, what seals, opens and signs a store. */
export type StoreKeys = Pick<Config, 'masterKey' | 'secondMasterKey' | 'log'>;

/** Writes the store of a bridge, as it is at one moment, into a new file. */
export async function backUp(
  { masterKey }: Pick<StoreKeys, 'masterKey'>,
  { party, clock, random, log }: Bridge,
  db: Database['db'],
  file: string,
): Promise<{ readonly rows: number; readonly entries: number }> {
  let [rows, entries] = [0, 0];
  await writeBackupFile(file, backupKeyOf(masterKey), (put) =>
    dumpTables(
      db,
      random,
      async (head) => {
        entries = head.size;
        const checkpoint = await signCheckpoint({ origin: log.origin, ...head }, [log.signer]);
        const at = new Date(clock.nowMs()).toISOString();
        const first: BackupHead = { format: backupFormat, party, at, schema: [...schemaOf()], checkpoint };
        await put(JSON.stringify(first));
      },
      async (table, json) => {
        rows += 1;
        await put(`${table} ${json}`);
      },
    ),
  );
  return { rows, entries };
}
