import type { Transaction } from 'kysely';
import type { KillOrder, KillScope, KillSwitch } from '../../ports/killSwitch.ts';
import type { Row, Tables } from './tables.ts';

export function createSqlKillSwitch(db: Transaction<Tables>): KillSwitch {
  return {
    async engage({ scope, by, reason, atMs }) {
      await db
        .insertInto('kill_order')
        .values({ kind: scope.kind, name: nameOf(scope), ordered_by: by, reason, at: atMs })
        // The first order stands until it is released: who stopped it, and why, is not overwritten.
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async release(scope) {
      await db.deleteFrom('kill_order').where('kind', '=', scope.kind).where('name', '=', nameOf(scope)).execute();
    },
    async orders() {
      return (await db.selectFrom('kill_order').selectAll().orderBy('kind').orderBy('name').execute()).map(toOrder);
    },
    async stops(agent, task) {
      const row = await db
        .selectFrom('kill_order')
        .selectAll()
        .where((where) =>
          where.or([
            where('kind', '=', 'global'),
            where.and({ kind: 'agent', name: agent }),
            where.and({ kind: 'task', name: task }),
          ]),
        )
        .orderBy('at')
        .executeTakeFirst();
      return row && toOrder(row);
    },
  };
}

function nameOf(scope: KillScope): string {
  return scope.kind === 'global' ? '' : scope.name;
}

function toOrder({ kind, name, ordered_by, reason, at }: Row<'kill_order'>): KillOrder {
  const scope: KillScope = kind === 'agent' || kind === 'task' ? { kind, name } : { kind: 'global' };
  return { scope, by: ordered_by, reason, atMs: at };
}
