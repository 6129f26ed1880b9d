import type { Transaction } from 'kysely';
import type { Cipher } from '../../ports/cipher.ts';
import type { Random } from '../../ports/clock.ts';
import type { KeyStore } from '../../ports/vault.ts';
import type { Tables } from './tables.ts';

/** What seals data keys: they are in the store, the master key is not. */
export interface KeyWrapping {
  readonly cipher: Cipher;
  readonly random: Random;
  /** Seals and opens; 32 bytes. */
  readonly masterKey: Uint8Array;
  /** Only opens: one master key is being exchanged for the other. */
  readonly secondMasterKey?: Uint8Array | undefined;
}

export function createSqlKeys(
  db: Transaction<Tables>,
  { cipher, random, masterKey, secondMasterKey }: KeyWrapping,
): KeyStore {
  const openUnder = (master: Uint8Array | undefined, id: string, wrapped: Uint8Array): string | undefined => {
    try {
      return master && cipher.open(master, new Uint8Array(wrapped), id);
    } catch {
      return undefined;
    }
  };
  const unwrap = (id: string, wrapped: Uint8Array) => {
    const text = openUnder(masterKey, id, wrapped) ?? openUnder(secondMasterKey, id, wrapped);
    if (text === undefined) throw new Error('a data key is under another master key');
    return { id, key: new Uint8Array(Buffer.from(text, 'base64')) };
  };

  return {
    async keyFor({ org, subject }, conversation) {
      const id = random.uuid();
      const key = random.bytes(32);
      const wrapped = cipher.seal(masterKey, Buffer.from(key).toString('base64'), id);
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('data_key')
        .values({ id, org, subject, conversation, wrapped })
        .onConflict((conflict) =>
          conflict.columns(['org', 'subject', 'conversation']).where('wrapped', 'is not', null).doNothing(),
        )
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows === 1n) return { dataKey: { id, key }, isNew: true };
      const current = await db
        .selectFrom('data_key')
        .select(['id', 'wrapped'])
        .where('org', '=', org)
        .where('subject', '=', subject)
        .where('conversation', '=', conversation)
        .where('wrapped', 'is not', null)
        .$narrowType<{ wrapped: Uint8Array }>()
        .executeTakeFirstOrThrow();
      return { dataKey: unwrap(current.id, current.wrapped), isNew: false };
    },
    async find(id) {
      const row = await db.selectFrom('data_key').select('wrapped').where('id', '=', id).executeTakeFirst();
      return row?.wrapped ? unwrap(id, row.wrapped) : undefined;
    },
    async destroy({ org, subject }) {
      const { numUpdatedRows } = await db
        .updateTable('data_key')
        .set({ wrapped: null })
        .where('org', '=', org)
        .where('subject', '=', subject)
        .where('wrapped', 'is not', null)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
    async rewrap(after, limit) {
      const rows = await db
        .selectFrom('data_key')
        .select(['id', 'wrapped'])
        .where('id', '>', after)
        .where('wrapped', 'is not', null)
        .$narrowType<{ wrapped: Uint8Array }>()
        .orderBy('id')
        .limit(limit)
        .forUpdate()
        .execute();
      const old = rows.filter(({ id, wrapped }) => openUnder(masterKey, id, wrapped) === undefined);
      let rewrapped = 0;
      for (const { id, wrapped } of old) {
        const text = openUnder(secondMasterKey, id, wrapped);
        if (text === undefined) continue;
        rewrapped += 1;
        await db
          .updateTable('data_key')
          .set({ wrapped: cipher.seal(masterKey, text, id) })
          .where('id', '=', id)
          .execute();
      }
      return { last: rows.at(-1)?.id, rewrapped, unreadable: old.length - rewrapped };
    },
  };
}
