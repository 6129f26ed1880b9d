import { sql, type Transaction } from 'kysely';
import type { BudgetLedger, BudgetUse } from '../../ports/budget.ts';
import type { Row, Tables } from './tables.ts';

export function createSqlBudget(db: Transaction<Tables>): BudgetLedger {
  /**
   * Rows change in the order of their names, so that two transactions cannot wait for each other. From then on the
   * amount of the reservation is what it counts as spent: the end of a run that was taken for abandoned corrects it.
   */
  const settle = ({ id }: Pick<Row<'budget_reservation'>, 'id'>, spent: number | 'all') =>
    sql`
    with before as (select id, amount_micros, settled from budget_reservation where id = ${id} for update),
    after as (
      update budget_reservation as reservation
      set settled = true, amount_micros = ${spent === 'all' ? sql`before.amount_micros` : sql`${spent}::bigint`}
      from before where reservation.id = before.id
      returning reservation.names, reservation.amount_micros as spent, before.amount_micros as counted, before.settled)
    update budget set
      spent_micros = spent_micros + spent - case when settled then counted else 0 end,
      reserved_micros = reserved_micros - case when settled then 0 else counted end
    from (
      select locked.name, after.* from after, lateral (
        select name from budget where names ? name order by name for update) as locked) as change
    where budget.name = change.name`.execute(db);

  /** Takes back what has just been added, in the transaction that added it: the rows are still locked. */
  const giveBack = async (id: string, amountUsdMicros: number, names: readonly string[]): Promise<void> => {
    await db
      .with('taken', (taken) => taken.deleteFrom('budget_reservation').where('id', '=', id))
      .updateTable('budget')
      .set({ reserved_micros: sql`reserved_micros - ${amountUsdMicros}` })
      .where('name', 'in', names)
      .execute();
  };

  return {
    async reserve({ id, amountUsdMicros, limits: unordered, expiresMs }) {
      const limits = unordered.toSorted((a, b) => (a.name < b.name ? -1 : 1));
      const names = limits.map(({ name }) => name);
      const rows = await db
        .with('made', (made) =>
          made.insertInto('budget_reservation').values({
            id,
            amount_micros: amountUsdMicros,
            names: JSON.stringify(names),
            expires: expiresMs,
            settled: false,
          }),
        )
        .insertInto('budget')
        .values(
          limits.map(({ name, limitUsdMicros }) => ({
            name,
            limit_micros: limitUsdMicros,
            spent_micros: 0,
            reserved_micros: amountUsdMicros,
          })),
        )
        .onConflict((conflict) =>
          conflict.column('name').doUpdateSet({
            // The configured ceiling holds, also where an earlier one was higher.
            limit_micros: (eb) => eb.ref('excluded.limit_micros'),
            reserved_micros: sql`budget.reserved_micros + excluded.reserved_micros`,
          }),
        )
        .returningAll()
        .execute();
      const full = rows.find((row) => row.spent_micros + row.reserved_micros > row.limit_micros);
      if (full === undefined) return { ok: true };
      await giveBack(id, amountUsdMicros, names);
      return { ok: false, exhausted: full.name };
    },
    async settle(id, spentUsdMicros) {
      await settle({ id }, spentUsdMicros);
    },
    async expire(nowMs) {
      const expired = await openReservations(db).where('expires', '<=', nowMs).orderBy('id').skipLocked().execute();
      for (const reservation of expired) await settle(reservation, 'all');
      return expired.length;
    },
    async use(names) {
      if (names.length === 0) return [];
      const rows = await db.selectFrom('budget').selectAll().where('name', 'in', names).orderBy('name').execute();
      return rows.map(toUse);
    },
  };
}

function openReservations(db: Transaction<Tables>) {
  return db.selectFrom('budget_reservation').select('id').where('settled', '=', false).forUpdate();
}

function toUse({ name, limit_micros, spent_micros, reserved_micros }: Row<'budget'>): BudgetUse {
  return {
    name,
    limitUsdMicros: limit_micros,
    spentUsdMicros: spent_micros,
    reservedUsdMicros: reserved_micros,
  };
}
