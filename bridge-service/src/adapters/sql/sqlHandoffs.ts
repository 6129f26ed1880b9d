import { sql, type Transaction } from 'kysely';
import type { Kind } from '@agent-readiness/protocol/handoff';
import {
  StaleFenceError,
  type Handoff,
  type HandoffState,
  type HandoffStore,
  type StoredObject,
} from '../../ports/handoffs.ts';
import type { HandoffKey } from '../../ports/outbox.ts';
import type { HandoffFacts, NewRow, Row, Tables } from './tables.ts';

/**
 * A lease that ends so much later than a new one would was made by a clock that has been set back since, and would
 * keep everybody out until then.
 */
const furthestClockMs = 60_000;

export function createSqlHandoffs(db: Transaction<Tables>): HandoffStore {
  const whereIs = ({ org, txn }: HandoffKey) => db.selectFrom('handoff').where('org', '=', org).where('txn', '=', txn);

  return {
    async lock(org, ...names) {
      // The rows need not exist yet, so the locks are on names; in one order, so that no two wait for each other.
      const locks = names
        .toSorted()
        .map((name) => sql`pg_advisory_xact_lock(hashtextextended(${`${org} ${name}`}, 0))`);
      await sql`select ${sql.join(locks)}`.execute(db);
    },
    async find(key) {
      const row = await whereIs(key).selectAll().executeTakeFirst();
      return row && toHandoff(row);
    },
    async insert(handoff, { jti, expiresMs, objects, lease }) {
      const { org, txn } = handoff.key;
      const sha256 = objects[0].sha256;
      await db
        .with('jti', (made) => made.insertInto('seen_jti').values({ org, jti, sha256, txn, expires: expiresMs }))
        .with('object', (made) =>
          made.insertInto('handoff_object').values(objects.map((object) => toObjectRow(handoff.key, object))),
        )
        .insertInto('handoff')
        .values({ ...toRow(handoff), lease_holder: lease?.holder ?? null, lease_until: lease?.untilMs ?? 0 })
        .execute();
    },
    async lease({ org, txn }, holder, nowMs, untilMs) {
      const row = await db
        .updateTable('handoff')
        .set({ lease_holder: holder, lease_until: untilMs, fence: sql`fence + 1` })
        .where('org', '=', org)
        .where('txn', '=', txn)
        .where((where) =>
          where.or([where('lease_until', '<=', nowMs), where('lease_until', '>', untilMs + furthestClockMs)]),
        )
        .returningAll()
        .executeTakeFirst();
      return row && toHandoff(row);
    },
    async save(handoff) {
      const { numUpdatedRows } = await db
        .updateTable('handoff')
        // With the lease goes its fence: a renewal that was on its way does not bring it back.
        .set({ ...toRow(handoff), ...(isForAReplica(handoff) ? {} : { lease_until: 0, fence: sql`fence + 1` }) })
        .where('org', '=', handoff.key.org)
        .where('txn', '=', handoff.key.txn)
        .where('fence', '=', handoff.fence)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw new StaleFenceError(handoff.key.txn);
    },
    async renew({ key, fence }, untilMs) {
      const { numUpdatedRows } = await db
        .updateTable('handoff')
        .set({ lease_until: untilMs })
        .where('org', '=', key.org)
        .where('txn', '=', key.txn)
        .where('fence', '=', fence)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async release({ key, fence }) {
      await db
        .updateTable('handoff')
        // The fence is raised: a renewal that was on its way does not bring the lease back.
        .set({ lease_until: 0, fence: sql`fence + 1` })
        .where('org', '=', key.org)
        .where('txn', '=', key.txn)
        .where('fence', '=', fence)
        .execute();
    },

    async seenJti(org, jti) {
      return db
        .selectFrom('seen_jti')
        .select(['sha256', 'txn'])
        .where('org', '=', org)
        .where('jti', '=', jti)
        .executeTakeFirst();
    },
    async addJti(org, jti, { sha256, txn }, expires) {
      await db.insertInto('seen_jti').values({ org, jti, sha256, txn, expires }).execute();
    },
    async purgeJtis(nowMs) {
      await db.deleteFrom('seen_jti').where('expires', '<=', nowMs).execute();
    },
    async addObject(key, object) {
      await db.insertInto('handoff_object').values(toObjectRow(key, object)).execute();
    },
    async object(key, sha256) {
      const row = await objectsOf(db, key).where('sha256', '=', sha256).executeTakeFirst();
      return row && toObject(row);
    },
    async objects(key) {
      return (await objectsOf(db, key).execute()).map(toObject);
    },
    async claimPlan(planSha256, { org, txn }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('used_plan')
        .values({ plan_sha256: planSha256, org, txn })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    async addAnswer({ org, txn }, { question, requestSha256, sealed }) {
      await db
        .insertInto('model_answer')
        .values({ org, txn, question, request_sha256: requestSha256, sealed })
        .execute();
    },
    async answers({ org, txn }) {
      const rows = await db
        .selectFrom('model_answer')
        .selectAll()
        .where('org', '=', org)
        .where('txn', '=', txn)
        .orderBy('question')
        .execute();
      return rows.map(({ question, request_sha256, sealed }) => ({
        question,
        requestSha256: request_sha256,
        sealed: new Uint8Array(sealed),
      }));
    },
    async list(org, after, limit) {
      const rows = await db
        .selectFrom('handoff')
        .selectAll()
        .where('org', '=', org)
        .where('txn', '>', after)
        .orderBy('txn')
        .limit(limit)
        .execute();
      return rows.map(toHandoff);
    },
    async open() {
      return db
        .selectFrom('handoff')
        .select(['org', 'txn'])
        .where('state', 'in', ['accepted', 'approval_required', 'acting'])
        .orderBy('org')
        .orderBy('txn')
        .execute();
    },
    async count() {
      const rows = await db
        .selectFrom('handoff')
        .select(['state', sql<number>`count(*)::integer`.as('count')])
        .groupBy('state')
        .execute();
      const none: Record<HandoffState, number> = {
        refused: 0,
        accepted: 0,
        approval_required: 0,
        acting: 0,
        finished: 0,
      };
      return rows.reduce((counts, { state, count }) => ({ ...counts, [state]: count }), none);
    },
  };
}

/** Otherwise there is nothing to do until somebody decides, or ever. */
function isForAReplica({ state }: Handoff): boolean {
  return state === 'accepted' || state === 'acting';
}

function objectsOf(db: Transaction<Tables>, { org, txn }: HandoffKey) {
  return db
    .selectFrom('handoff_object')
    .select(['sha256', 'kind', 'sealed', 'prev'])
    .where('org', '=', org)
    .where('txn', '=', txn)
    .orderBy('sequence');
}

function toObjectRow({ org, txn }: HandoffKey, { sha256, kind, sealed, prev }: StoredObject) {
  return { org, txn, sha256, kind, sealed, prev: prev ?? null };
}

function toObject({ sha256, kind, sealed, prev }: Pick<Row<'handoff_object'>, 'sha256' | 'kind' | 'sealed' | 'prev'>) {
  return { sha256, kind: kind as Kind, sealed: new Uint8Array(sealed), prev: prev ?? undefined };
}

function toRow(handoff: Handoff): Omit<NewRow<'handoff'>, 'lease_until' | 'lease_holder'> {
  const { key, state, fence, contentSha256, keyId, createdMs, deadlineMs, sealed, ...facts } = handoff;
  return {
    ...key,
    state,
    fence,
    content_sha256: contentSha256,
    key_id: keyId,
    created: createdMs,
    deadline: deadlineMs,
    facts: JSON.stringify(facts satisfies HandoffFacts),
    sealed,
  };
}

function toHandoff(row: Row<'handoff'>): Handoff {
  const { org, txn, state, fence, content_sha256, key_id, created, deadline, facts, sealed } = row;
  return {
    key: { org, txn },
    state,
    fence,
    contentSha256: content_sha256,
    keyId: key_id,
    createdMs: created,
    deadlineMs: deadline,
    // JSON has no undefined: what was left out comes back as such.
    ...{ planSha256: undefined, approvalSha256: undefined, outcome: undefined },
    ...facts,
    sealed: new Uint8Array(sealed),
  };
}
