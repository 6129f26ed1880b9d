import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { checkExtends, openCheckpoint, parseVerifierKey } from '@agent-readiness/protocol/log';
import { sql, type KyselyPlugin } from 'kysely';
import type { Message, ResultClaims, Verified } from '@agent-readiness/protocol/handoff';
import { writeBackupFile } from '../../src/adapters/files/backupFile.ts';
import { copiedTables } from '../../src/adapters/sql/backup/copiedTables.ts';
import type { Database } from '../../src/adapters/sql/openDatabase.ts';
import { receiveApproval } from '../../src/app/approval/receiveApproval.ts';
import { answerOffer } from '../../src/app/custody/answer.ts';
import { receiveOffer } from '../../src/app/custody/receiveOffer.ts';
import { erasePerson } from '../../src/app/operate/erase.ts';
import { killOrders, releaseKillSwitch } from '../../src/app/operate/kill.ts';
import { exportLog } from '../../src/app/operate/readAudit.ts';
import { runHandoff } from '../../src/app/run/runHandoff.ts';
import { wake } from '../../src/app/run/wake.ts';
import { backUp, backupKeyOf, type StoreKeys } from '../../src/cli/backup.ts';
import { restoreFrom, settleInPlace } from '../../src/cli/restore.ts';
import { verifyExport } from '../../src/cli/verifyExport.ts';
import { Secret } from '../../src/config/secret.ts';
import type { HandoffKey } from '../../src/ports/outbox.ts';
import { describeOnBothDatabases } from '../support/databases.ts';
import { answer } from '../support/fakeModel.ts';
import { drain, eventsOf, handOff, refund } from '../support/handOff.ts';
import { must } from '../support/must.ts';
import { ids, newApproval, newOffer } from '../support/offers.ts';
import { logOrigin, logSeed, logVerifierKey, orgParty, valueOf } from '../support/parties.ts';
import { openStore, type SentJob } from '../support/sqlStore.ts';
import { createTestBridge, verifyAnswer, type TestBridge } from '../support/testBridge.ts';

// Whole stories, and several databases in each.
jest.setTimeout(300_000);

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const keys: StoreKeys = {
  masterKey: new Secret(base64(new Uint8Array(32).fill(7))),
  log: { origin: logOrigin, seed: new Secret(base64(logSeed)) },
};

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bridge-backup-'));
  file = join(folder, 'bridge.backup');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The same database, on whose connection one statement fails: the process has died there, or the connection has. */
function dyingAt(
  database: Database,
  statement: number,
): { readonly database: Database; readonly reached: () => number } {
  let reached = 0;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      reached += 1;
      if (reached === statement) throw new Error('died here');
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  return { database: { ...database, db: database.db.withPlugin(plugin) }, reached: () => reached };
}

/** How many rows each table has. */
async function rowsIn({ db }: Database): Promise<Readonly<Record<string, number>>> {
  const names = [...Object.keys(copiedTables), 'audit_node'];
  const counts = names.map(async (name) => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.table(name)}`.execute(db);
    return [name, must(rows[0]).count] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

interface Offered {
  readonly key: HandoffKey;
  readonly offer: Verified<'offer'>;
  readonly message: Message;
}

async function offered(bridge: TestBridge, subject: string = ids.requester): Promise<Offered> {
  const { offer, message } = await newOffer({ nowMs: bridge.clock.nowMs(), claims: { sub: subject } });
  return { key: { org: orgParty, txn: offer.claims.txn }, offer, message };
}

/** Asked for until a person has to decide; gives the approval. */
async function untilApproval(bridge: TestBridge, { offer, message }: Offered): Promise<string> {
  bridge.model.behaviours.splice(0, Infinity, answer(JSON.stringify(refund)));
  const { answer: asked } = await handOff(bridge, message);
  const { result } = await verifyAnswer(bridge, offer, asked);
  return newApproval(must(result), bridge.clock.nowMs());
}

const run = (bridge: TestBridge, { key }: Offered): Promise<boolean> => runHandoff(bridge, key, { drain });

async function outcomeOf(bridge: TestBridge, { key }: Offered): Promise<string> {
  const { payload } = must(await answerOffer(bridge, key));
  const { disposition, reason } = JSON.parse(payload ?? '{}') as { disposition: string; reason: string };
  return `${disposition} ${reason}`.trim();
}

function effectsIn(result: string | undefined): readonly string[] {
  const [, claims = ''] = must(result).split('.');
  const { effects } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as ResultClaims;
  return effects.map(({ status }) => status);
}

async function logOf(bridge: TestBridge): Promise<string> {
  let text = '';
  for await (const line of exportLog(bridge)) text += line;
  return text;
}

async function checkpointIn(text: string) {
  const { checkpoint } = JSON.parse(must(text.trimEnd().split('\n').at(-1))) as { checkpoint: string };
  return valueOf(await openCheckpoint(checkpoint, logOrigin, [valueOf(await parseVerifierKey(logVerifierKey))]));
}

describeOnBothDatabases('a restored store', (get) => {
  it('has the log of the backup, and repeats nothing that has happened since', async () => {
    const source = get().database.db;
    const past = createTestBridge(openStore(get().database));
    const done = await offered(past);
    await receiveApproval(past, await untilApproval(past, done));
    await run(past, done);
    const waiting = await offered(past);
    const approval = await untilApproval(past, waiting);
    const acting = await offered(past);
    await receiveApproval(past, await untilApproval(past, acting));
    const accepted = await offered(past);
    await receiveOffer(past, accepted.message);
    const erased = await offered(past, '0055g00000ErAsEAAV');
    await receiveOffer(past, erased.message);
    await erasePerson(past, { org: orgParty, subject: '0055g00000ErAsEAAV' }, 'operator');

    const { entries } = await backUp(keys, past, source, file);
    const before = await logOf(past);
    expect((await checkpointIn(before)).size).toBe(entries);
    expect(statSync(file).mode & 0o777).toBe(0o600);

    // Life goes on, and is lost with the store.
    await receiveApproval(past, approval);
    await run(past, waiting);
    await run(past, acting);
    await run(past, accepted);
    const { result } = await verifyAnswer(past, accepted.offer, await answerOffer(past, accepted.key));
    const late = await newApproval(must(result), past.clock.nowMs());
    await receiveApproval(past, late);
    await run(past, accepted);
    const unknown = await offered(past);
    await receiveApproval(past, await untilApproval(past, unknown));
    await run(past, unknown);
    expect(past.org.writes).toHaveLength(5);
    for (const each of [done, waiting, acting, accepted, unknown]) expect(await outcomeOf(past, each)).toBe('executed');

    const jobs: SentJob[] = [];
    const database = await get().fresh();
    const store = openStore(database, jobs);
    const now = createTestBridge(store, { clock: past.clock, org: past.org });
    expect(await restoreFrom(keys, now, database, file, 'duty')).toEqual({ entries, ended: 3, unreadable: 1 });
    expect(jobs).toEqual([]);

    // The log goes on from where the backup was, and every entry of then is in it.
    const after = await logOf(now);
    expect(await verifyExport(after, logVerifierKey)).toMatchObject({ ok: true });
    expect(after.split('\n').slice(0, entries)).toEqual(before.split('\n').slice(0, entries));
    const [old, grown] = [await checkpointIn(before), await checkpointIn(after)];
    const proof = await store.transaction(({ audit }) => audit.consistencyProof(old.size, grown.size));
    expect(checkExtends(old, grown, proof)).toBeUndefined();

    // What was open has ended, whoever asks, wakes or approves.
    for (const each of [waiting, acting, accepted]) {
      await wake(now, each.key, (key) => runHandoff(now, key, { drain }));
      expect((await receiveOffer(now, each.message)).kind).toBe('repeated');
      expect(await outcomeOf(now, each)).toBe('errored restored');
      expect(await eventsOf(now, each.key.txn)).toContain('restore.ended');
    }
    expect(await receiveApproval(now, approval)).toEqual({ kind: 'refused', code: 'approval_reused' });
    expect((await receiveApproval(now, late)).kind).toBe('unverified');
    await wake(now, erased.key, (key) => runHandoff(now, key, { drain }));
    // Of what was dispatched then nobody knows more than that.
    expect(effectsIn(must(await answerOffer(now, acting.key)).result)).toEqual(['dispatched', 'dispatched']);
    expect(effectsIn(must(await answerOffer(now, waiting.key)).result)).toEqual([]);
    expect(await outcomeOf(now, done)).toBe('executed');

    // Nothing new begins until a person has looked.
    expect(await killOrders(now)).toMatchObject([{ scope: { kind: 'global' }, by: 'duty' }]);
    expect((await receiveOffer(now, (await offered(now)).message)).kind).toBe('refused');
    await releaseKillSwitch(now, { kind: 'global' }, 'duty');

    // The org offers again what this store has never heard of: its journal knows better.
    const again = await newOffer({ nowMs: now.clock.nowMs(), claims: { txn: unknown.key.txn } });
    const repeated = { key: unknown.key, ...again };
    await receiveApproval(now, await untilApproval(now, repeated));
    await run(now, repeated);
    expect(await outcomeOf(now, repeated)).toBe('errored written_before');

    const fresh = await offered(now);
    await receiveApproval(now, await untilApproval(now, fresh));
    await run(now, fresh);
    expect(await outcomeOf(now, fresh)).toBe('executed');
    expect(now.org.writes.map(({ txn }) => txn)).toEqual(
      [done, waiting, acting, accepted, unknown, fresh].map(({ key }) => key.txn),
    );
  });

  it('that its database has restored by itself is settled in place', async () => {
    const bridge = createTestBridge(openStore(get().database));
    const open = await offered(bridge);
    await receiveOffer(bridge, open.message);
    expect(await settleInPlace(keys, bridge, get().database, 'duty')).toMatchObject({ ended: 1 });
    expect(await outcomeOf(bridge, open)).toBe('errored restored');
    expect(await killOrders(bridge)).toHaveLength(1);
    await releaseKillSwitch(bridge, { kind: 'global' }, 'duty');
  });

  it('is empty still when the backup is not whole, not ours, or not the one that was signed', async () => {
    const bridge = createTestBridge(openStore(get().database));
    await untilApproval(bridge, await offered(bridge));
    await backUp(keys, bridge, get().database.db, file);
    const whole = readFileSync(file);
    const lines = gunzipSync(whole).toString().trimEnd().split('\n');
    const database = await get().fresh();
    const target = createTestBridge(openStore(database));
    const reasonOf = async (content: Buffer, bridgeOfThen = target, with_ = keys): Promise<string> => {
      writeFileSync(file, content);
      const error: unknown = await restoreFrom(with_, bridgeOfThen, database, file, 'duty').catch(
        (why: unknown) => why,
      );
      const left = await database.db.selectFrom('handoff').select('txn').execute();
      const logged = await database.db.selectFrom('audit_entry').select('position').execute();
      expect([left, logged]).toEqual([[], []]);
      return error instanceof Error ? error.message : 'restored';
    };
    const changed = 'the backup was changed or cut off, or was written under another master key';
    const pack = (all: readonly string[]): Buffer => gzipSync(`${all.join('\n')}\n`);
    const isEntry = (line: string): boolean => line.startsWith('audit_entry');
    expect(await reasonOf(whole.subarray(0, whole.length - 20))).toMatch(/is no backup, or was cut off$/);
    expect(await reasonOf(Buffer.from('no gzip'))).toMatch(/is no backup, or was cut off$/);
    expect(await reasonOf(pack(lines.slice(0, -1)))).toBe(changed);
    expect(await reasonOf(pack(lines.map((line) => line.replace('"accepted"', '"finished"'))))).toBe(changed);
    const otherKey = { ...keys, masterKey: new Secret(base64(new Uint8Array(32).fill(8))) };
    expect(await reasonOf(whole, target, otherKey)).toBe(changed);
    // Somebody who has the key, and changes the log.
    const sealed = async (all: readonly string[]): Promise<Buffer> => {
      const forged = join(folder, `forged ${String(all.length)}`);
      rmSync(forged, { force: true });
      await writeBackupFile(forged, backupKeyOf(keys.masterKey), async (put) => {
        for (const line of all) await put(line);
      });
      return readFileSync(forged);
    };
    const content = lines.slice(0, -1);
    const newest = content.findLastIndex(isEntry);
    expect(await reasonOf(await sealed(content.filter((_, at) => at !== newest - 1)))).toBe(
      'an entry of the log is missing',
    );
    const unsigned = 'the entries of the log are not those that the backup was signed over';
    expect(await reasonOf(await sealed(content.filter((_, at) => at !== newest)))).toBe(unsigned);
    const edited = content.map((line) =>
      isEntry(line) ? line.replace('"act', '"axt').replace('"bridge"', '"x"') : line,
    );
    expect(await reasonOf(await sealed(edited))).toBe(unsigned);
    const otherBridge = { ...target, party: 'https://other.example.com' };
    expect(await reasonOf(whole, otherBridge)).toBe('it is a backup of https://bridge.example.com');
    const older = pack([must(lines[0]).replace('0001_start', '0000_before'), ...lines.slice(1)]);
    expect(await reasonOf(older)).toMatch(/^its tables are those of /);

    writeFileSync(file, whole);
    await restoreFrom(keys, target, database, file, 'duty');
    await expect(restoreFrom(keys, target, database, file, 'duty')).rejects.toThrow('the store is not empty');
  });

  it('is empty or whole wherever the restore dies, and the next one completes it', async () => {
    const past = createTestBridge(openStore(get().database));
    const done = await offered(past);
    await receiveApproval(past, await untilApproval(past, done));
    await run(past, done);
    await untilApproval(past, await offered(past));
    const { entries } = await backUp(keys, past, get().database.db, file);
    const database = await get().fresh();
    const now = createTestBridge(openStore(database), { clock: past.clock, org: past.org });
    const empty = await rowsIn(database);
    expect(Object.values(empty).every((count) => count === 0)).toBe(true);
    let statement = 1;
    for (; ; statement += 1) {
      const dying = dyingAt(database, statement);
      const outcome = await restoreFrom(keys, now, dying.database, file, 'duty').then(
        () => 'restored',
        (error: unknown) => String(error),
      );
      if (dying.reached() < statement) break;
      expect([statement, outcome, await rowsIn(database)]).toEqual([statement, 'Error: died here', empty]);
    }
    // Every table at the least.
    expect(statement).toBeGreaterThan(Object.keys(copiedTables).length);
    const restored = await rowsIn(database);
    expect(restored['audit_entry']).toBeGreaterThan(entries);
    expect(await killOrders(now)).toMatchObject([{ scope: { kind: 'global' }, by: 'duty' }]);
    await expect(restoreFrom(keys, now, database, file, 'duty')).rejects.toThrow('the store is not empty');
    expect(await rowsIn(database)).toEqual(restored);
  });

  it('was copied table by table: none is forgotten', async () => {
    const { rows } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables
      where table_schema = 'public' and table_name not like 'kysely%' order by 1`.execute(get().database.db);
    const computed = ['audit_head', 'audit_node'];
    expect(rows.map(({ name }) => name)).toEqual([...Object.keys(copiedTables), ...computed].sort());
  });
});
