import { openCheckpoint, parseVerifierKey, signCheckpoint } from '@agent-readiness/protocol/log';
import { readBackupFile } from '../adapters/files/backupFile.ts';
import { schemaOf } from '../adapters/sql/backup/dumpTables.ts';
import { isEmptyStore, loadTables, type DumpedRow } from '../adapters/sql/backup/loadTables.ts';
import type { Database } from '../adapters/sql/openDatabase.ts';
import { workWithin } from '../adapters/sql/sqlStore.ts';
import type { SqlTransaction } from '../adapters/sql/tables.ts';
import type { Bridge } from '../app/bridge.ts';
import { settleRestored, type Settled } from '../app/operate/settleRestored.ts';
import { parseJson } from '../domain/json.ts';
import type { TreeHead } from '../ports/audit.ts';
import { logKeyOf, storeOptionsOf } from '../wiring/createBridge.ts';
import { backupHeadSchema, backupKeyOf, type BackupHead, type StoreKeys } from './backup.ts';
import { noOutbox } from './openBridge.ts';

/** Nothing was restored, and the store is as it was. */
export class RestoreError extends Error {
  override readonly name = 'RestoreError';
}

export interface Restored extends Settled {
  /** Entries that the log had in the backup. */
  readonly entries: number;
}

/**
 * Fills an empty store from a backup and settles what was open in it, in one transaction.
 *
 * @throws RestoreError, BackupFileError
 */
export function restoreFrom(
  config: StoreKeys,
  bridge: Bridge,
  { db }: Pick<Database, 'db'>,
  file: string,
  by: string,
): Promise<Restored> {
  return readBackupFile(file, backupKeyOf(config.masterKey), (lines) =>
    db.transaction().execute(async (transaction) => {
      if (!(await isEmptyStore(transaction))) {
        throw new RestoreError('the store is not empty: restore into a new database, or a new BRIDGE_DATA');
      }
      const rest = lines[Symbol.asyncIterator]();
      const first = headOf(bridge, (await rest.next()).value);
      const head = await loadTables(transaction, rowsOf({ [Symbol.asyncIterator]: () => rest }));
      await mustBeSigned(config, first.checkpoint, head);
      return settle(config, bridge, transaction, { by, checkpoint: first.checkpoint, entries: head.size });
    }),
  );
}

/** For a database that was restored by its own means: settles what is open in it. */
export function settleInPlace(
  config: StoreKeys,
  bridge: Bridge,
  { db }: Pick<Database, 'db'>,
  by: string,
): Promise<Restored> {
  return db.transaction().execute(async (transaction) => {
    const head = await workWithin(transaction, storeOptionsOf(config, noOutbox), ({ audit }) => audit.head());
    const checkpoint = await signCheckpoint({ origin: bridge.log.origin, ...head }, [bridge.log.signer]);
    return settle(config, bridge, transaction, { by, checkpoint, entries: head.size });
  });
}

async function settle(
  config: StoreKeys,
  bridge: Bridge,
  transaction: SqlTransaction,
  { entries, ...how }: { readonly by: string; readonly checkpoint: string; readonly entries: number },
): Promise<Restored> {
  const settled = await workWithin(transaction, storeOptionsOf(config, noOutbox), (unit) =>
    settleRestored(bridge, unit, how),
  );
  return { entries, ...settled };
}

function headOf({ party }: Bridge, line: unknown): BackupHead {
  const head = backupHeadSchema.safeParse(typeof line === 'string' ? parseJson(line) : undefined);
  if (!head.success) throw new RestoreError('the file does not begin as a backup does');
  if (head.data.party !== party) throw new RestoreError(`it is a backup of ${head.data.party}`);
  if (head.data.schema.join() !== schemaOf().join()) {
    throw new RestoreError(
      `its tables are those of ${head.data.schema.at(-1) ?? 'no migration'}: restore it with the release that wrote it, then upgrade`,
    );
  }
  return head.data;
}

async function* rowsOf(lines: AsyncIterable<string>): AsyncGenerator<DumpedRow> {
  for await (const line of lines) {
    const space = line.indexOf(' ');
    yield { table: line.slice(0, space), json: line.slice(space + 1) };
  }
}

/** The entries have to be those that the bridge has signed, all of them, and in their order. */
async function mustBeSigned(config: StoreKeys, checkpoint: string, { size, root }: TreeHead): Promise<void> {
  const key = await parseVerifierKey(logKeyOf(config));
  const signed = key.ok ? await openCheckpoint(checkpoint, config.log.origin, [key.value]) : key;
  if (!signed.ok) throw new RestoreError(`the checkpoint of the backup does not verify: ${signed.code}`);
  if (signed.value.size !== size || Buffer.compare(signed.value.root, root) !== 0) {
    throw new RestoreError('the entries of the log are not those that the backup was signed over');
  }
}
