import { sql, type Transaction } from 'kysely';
import type { BudgetLedger, BudgetUse } from '../../ports/budget.ts';
import type { Row, Tables } from './tables.ts';

export function createSqlBudget(db: Transaction<Tables>): BudgetLedger {
  /** Locked in the order of their names, so that two reservations cannot wait for each other. */
  const lockRows = (names: readonly string[]) =>
    db.selectFrom('budget').selectAll().where('name', 'in', names).orderBy('name').forUpdate();

  const settle = async ({ id, amount_micros, names }: Reserved, spent: number): Promise<void> => {
    await lockRows(names).execute();
    await db
      .updateTable('budget')
      .set({
        spent_micros: sql`spent_micros + ${spent}`,
        reserved_micros: sql`reserved_micros - ${amount_micros}`,
      })
      .where('name', 'in', names)
      .execute();
    await db.updateTable('budget_reservation').set({ settled: true }).where('id', '=', id).execute();
  };

  return {
    async reserve({ id, amountUsdMicros, limits: unordered, expiresMs }) {
      const limits = unordered.toSorted((a, b) => (a.name < b.name ? -1 : 1));
      const names = limits.map(({ name }) => name);
      await db
        .insertInto('budget')
        .values(
          limits.map(({ name, limitUsdMicros }) => ({
            name,
            limit_micros: limitUsdMicros,
            spent_micros: 0,
            reserved_micros: 0,
          })),
        )
        // The configured ceiling holds, also where an earlier one was higher.
        .onConflict((conflict) =>
          conflict.column('name').doUpdateSet({ limit_micros: (eb) => eb.ref('excluded.limit_micros') }),
        )
        .execute();
      const rows = await lockRows(names).execute();
      const full = rows.find((row) => row.spent_micros + row.reserved_micros + amountUsdMicros > row.limit_micros);
      if (full !== undefined) return { ok: false, exhausted: full.name };
      await db
        .updateTable('budget')
        .set({ reserved_micros: sql`reserved_micros + ${amountUsdMicros}` })
        .where('name', 'in', names)
        .execute();
      await db
        .insertInto('budget_reservation')
        .values({
          id,
          amount_micros: amountUsdMicros,
          names: JSON.stringify(names),
          expires: expiresMs,
          settled: false,
        })
        .execute();
      return { ok: true };
    },
    async settle(id, spentUsdMicros) {
      const open = await openReservations(db).where('id', '=', id).executeTakeFirst();
      if (open !== undefined) await settle(open, spentUsdMicros);
    },
    async expire(nowMs) {
      const expired = await openReservations(db).where('expires', '<=', nowMs).orderBy('id').skipLocked().execute();
      for (const reservation of expired) await settle(reservation, reservation.amount_micros);
      return expired.length;
    },
    async use(names) {
      if (names.length === 0) return [];
      const rows = await db.selectFrom('budget').selectAll().where('name', 'in', names).orderBy('name').execute();
      return rows.map(toUse);
    },
  };
}

type Reserved = Pick<Row<'budget_reservation'>, 'id' | 'amount_micros' | 'names'>;

function openReservations(db: Transaction<Tables>) {
  return db
    .selectFrom('budget_reservation')
    .select(['id', 'amount_micros', 'names'])
    .where('settled', '=', false)
    .forUpdate();
}

function toUse({ name, limit_micros, spent_micros, reserved_micros }: Row<'budget'>): BudgetUse {
  return {
    name,
    limitUsdMicros: limit_micros,
    spentUsdMicros: spent_micros,
    reservedUsdMicros: reserved_micros,
  };
}
