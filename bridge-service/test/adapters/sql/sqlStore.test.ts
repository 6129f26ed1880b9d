import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { AuditEvent } from '@agent-readiness/protocol/handoff';
import { commitmentOf } from '@agent-readiness/protocol/handoff';
import { leafHash, rootHash, verifyConsistency, verifyInclusion } from '@agent-readiness/protocol/log';
import type { Beginning, Handoff } from '../../../src/ports/handoffs.ts';
import type { Store } from '../../../src/ports/store.ts';
import { describeOnBothDatabases } from '../../support/databases.ts';
import { must } from '../../support/must.ts';
import { openStore } from '../../support/sqlStore.ts';

const org = 'https://example.my.salesforce.com/00D5g000004ABCDEA4';
const digest = '0'.repeat(64);

function newHandoff(): Handoff {
  return {
    key: { org, txn: randomUUID() },
    state: 'accepted',
    fence: 0,
    contentSha256: digest,
    keyId: 'key',
    agent: 'Order_Agent',
    taskType: 'refund-review',
    release: digest,
    createdMs: 1_800_000_000_000,
    deadlineMs: 1_800_000_060_000,
    owner: { person: 'Duty officer', queue: 'duty' },
    grants: [],
    maxCostUsdMicros: 250_000,
    tip: digest,
    costUsdMicros: 0,
    questions: 0,
    modelResponses: [],
    planSha256: undefined,
    approvalSha256: undefined,
    outcome: undefined,
    sealed: Uint8Array.of(1, 2, 250),
  };
}

const newBeginning = (): Beginning => ({
  jti: randomUUID(),
  expiresMs: 0,
  objects: [{ sha256: randomUUID(), kind: 'offer', sealed: Uint8Array.of(1), prev: undefined }],
});

const event = (txn: string, name = 'verify.accepted'): AuditEvent => ({
  version: 1,
  txn,
  party: 'https://bridge.example.com',
  at: 1_800_000_000,
  event: name,
  actor: 'bridge',
  content_sha256: digest,
});

const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

describeOnBothDatabases('the store', (get) => {
  const open = (): Store => openStore(get().database);
  /** A second replica where the database allows one. */
  const openOther = async (): Promise<Store> => {
    const { database, another } = get();
    return openStore(another === undefined ? database : await another());
  };

  it('gives back a handoff as it was stored', async () => {
    const store = open();
    const handoff = newHandoff();
    await store.transaction(({ handoffs }) => handoffs.insert(handoff, newBeginning()));
    const finished: Handoff = {
      ...handoff,
      state: 'finished',
      costUsdMicros: 1_234,
      outcome: { disposition: 'blocked', reason: 'guard', effects: [], approvals: [] },
    };
    expect(await store.transaction(({ handoffs }) => handoffs.find(handoff.key))).toEqual(handoff);
    await store.transaction(({ handoffs }) => handoffs.save(finished));
    // It is over, and with it whatever lease there was.
    const over = { ...finished, fence: finished.fence + 1 };
    expect(await store.transaction(({ handoffs }) => handoffs.find(handoff.key))).toEqual(over);
    expect(await store.transaction(({ handoffs }) => handoffs.find({ org, txn: randomUUID() }))).toBeUndefined();
  });

  it('keeps nothing of a transaction that fails', async () => {
    const store = open();
    const handoff = newHandoff();
    const before = await store.transaction(({ audit }) => audit.head());
    const failing = store.transaction(async ({ handoffs, audit }) => {
      await handoffs.insert(handoff, newBeginning());
      audit.append(event(handoff.key.txn));
      throw new Error('crash');
    });
    await expect(failing).rejects.toThrow('crash');
    expect(await store.transaction(({ handoffs }) => handoffs.find(handoff.key))).toBeUndefined();
    expect(await store.transaction(({ audit }) => audit.head())).toEqual(before);
  });

  it('refuses a second handoff, object, jti and use of a plan under one name', async () => {
    const store = open();
    const handoff = newHandoff();
    const { key } = handoff;
    const object = { sha256: randomUUID(), kind: 'offer', sealed: Uint8Array.of(1), prev: undefined } as const;
    const seen = { sha256: object.sha256, txn: key.txn };
    const plan = randomUUID();
    await store.transaction(({ handoffs }) =>
      handoffs.insert(handoff, { jti: key.txn, expiresMs: 0, objects: [object] }),
    );
    await expect(store.transaction(({ handoffs }) => handoffs.insert(handoff, newBeginning()))).rejects.toThrow();
    await expect(store.transaction(({ handoffs }) => handoffs.addObject(key, object))).rejects.toThrow();
    await expect(store.transaction(({ handoffs }) => handoffs.addJti(org, key.txn, seen, 0))).rejects.toThrow();
    expect(await store.transaction(({ handoffs }) => handoffs.objects(key))).toEqual([object]);
    expect(await store.transaction(({ handoffs }) => handoffs.seenJti(org, key.txn))).toEqual(seen);
    const claims = await Promise.all(
      range(8).map(() => store.transaction(({ handoffs }) => handoffs.claimPlan(plan, key))),
    );
    expect(claims.filter(Boolean)).toEqual([true]);
  });

  it('leases a handoff to one replica, and shuts out the one that lost it', async () => {
    const [first, second] = [open(), await openOther()];
    const { key } = newHandoff();
    await first.transaction(({ handoffs }) => handoffs.insert({ ...newHandoff(), key }, newBeginning()));
    const lease = (store: Store, holder: string, now: number): Promise<Handoff | undefined> =>
      store.transaction(({ handoffs }) => handoffs.lease(key, holder, now, now + 30));
    const mine = await lease(first, 'first', 1_000);
    expect(mine?.fence).toBe(1);
    expect(await lease(second, 'second', 1_029)).toBeUndefined();
    const theirs = await lease(second, 'second', 1_030);
    expect(theirs?.fence).toBe(2);
    if (mine === undefined || theirs === undefined) throw new Error('no lease');
    await expect(first.transaction(({ handoffs }) => handoffs.save(mine))).rejects.toMatchObject({
      name: 'StaleFenceError',
    });
    expect(await first.transaction(({ handoffs }) => handoffs.renew(mine, 2_000))).toBe(false);
    expect(await second.transaction(({ handoffs }) => handoffs.renew(theirs, 2_000))).toBe(true);
    await first.transaction(({ handoffs }) => handoffs.release(mine));
    expect(await lease(first, 'first', 1_500)).toBeUndefined();
    await second.transaction(({ handoffs }) => handoffs.release(theirs));
    // A renewal that was on its way when the lease was given up does not bring it back.
    expect(await second.transaction(({ handoffs }) => handoffs.renew(theirs, 2_000))).toBe(false);
    expect((await lease(first, 'first', 1_500))?.fence).toBe(4);
  });

  it('does not wait for a lease that only a clock which was set back can have made', async () => {
    const store = open();
    const handoff = newHandoff();
    await store.transaction(({ handoffs }) => handoffs.insert(handoff, newBeginning()));
    const lease = (now: number): Promise<Handoff | undefined> =>
      store.transaction(({ handoffs }) => handoffs.lease(handoff.key, 'holder', now, now + 10_000));
    const hour = 3_600_000;
    expect((await lease(2 * hour))?.fence).toBe(1);
    // A clock that is a little behind may not take it from whoever works on it.
    expect(await lease(2 * hour - 55_000)).toBeUndefined();
    expect((await lease(hour))?.fence).toBe(2);
  });

  it('says that it cannot be reached when its disk is full, and not when it refuses', async () => {
    const raise = (code: string) =>
      sql.raw(`do $$ begin raise exception using errcode = '${code}'; end $$`).execute(get().database.db);
    await expect(raise('53100')).rejects.toMatchObject({ name: 'StoreUnavailableError' });
    await expect(raise('58030')).rejects.toMatchObject({ name: 'StoreUnavailableError' });
    await expect(raise('22012')).rejects.toMatchObject({ code: '22012' });
  });

  it('gives one lease to many that ask at once', async () => {
    const stores = [open(), await openOther()];
    const handoff = newHandoff();
    await stores[0]?.transaction(({ handoffs }) => handoffs.insert(handoff, newBeginning()));
    const leases = await Promise.all(
      range(12).flatMap((at) =>
        stores.map((store) =>
          store.transaction(({ handoffs }) => handoffs.lease(handoff.key, `holder ${String(at)}`, 1_000, 2_000)),
        ),
      ),
    );
    expect(leases.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  it('lets transactions about one handoff run one after the other', async () => {
    const stores = [open(), await openOther()];
    const { key } = newHandoff();
    let inside = 0;
    let most = 0;
    await Promise.all(
      range(6).flatMap(() =>
        stores.map((store) =>
          store.transaction(async ({ handoffs }) => {
            await handoffs.lock(key.org, key.txn);
            inside += 1;
            most = Math.max(most, inside);
            await handoffs.find(key);
            inside -= 1;
          }),
        ),
      ),
    );
    expect(most).toBe(1);
  });

  it('appends from many replicas at once without a gap, and proves each entry', async () => {
    const stores = [open(), await openOther()];
    const txn = randomUUID();
    const [store] = stores;
    if (store === undefined) throw new Error('no store');
    const before = await store.transaction(({ audit }) => audit.head());
    await Promise.all(
      range(10).flatMap((at) =>
        stores.map((each) =>
          each.transaction(({ audit }) => {
            audit.append(event(txn), event(txn, at % 2 === 0 ? 'act.dispatched' : 'gate.denied'));
            return Promise.resolve();
          }),
        ),
      ),
    );
    const { head, entries, own, consistency } = await store.transaction(async ({ audit }) => {
      const after = await audit.head();
      return {
        head: after,
        entries: await audit.entries(0, 10_000),
        own: await audit.entriesOf(txn),
        consistency: before.size === 0 ? [] : await audit.consistencyProof(before.size, after.size),
      };
    });
    expect(head.size).toBe(before.size + 40);
    expect(entries.map(({ index }) => index)).toEqual(range(head.size));
    expect(own).toHaveLength(40);
    const leaves = entries.map((entry) => leafHash(commitmentOf(entry.event, entry.salt)));
    expect(head.root).toEqual(rootHash(leaves));
    for (const { index } of own) {
      const proof = await store.transaction(({ audit }) => audit.inclusionProof(index, head.size));
      const claim = { index, size: head.size, leaf: leaves[index] ?? new Uint8Array(), root: head.root };
      expect(verifyInclusion(claim, proof)).toBe(true);
    }
    if (before.size > 0) {
      const claim = { oldSize: before.size, oldRoot: before.root, newSize: head.size, newRoot: head.root };
      expect(verifyConsistency(claim, consistency)).toBe(true);
    }
    expect(await store.transaction(({ audit }) => audit.rootOf(before.size))).toEqual(before.root);
  });

  it('proves the newest entry about a content', async () => {
    const store = open();
    const txn = randomUUID();
    await store.transaction(({ audit }) => {
      audit.append(event(txn), { ...event(txn), content_sha256: '1'.repeat(64) }, event(txn, 'answer.signed'));
      return Promise.resolve();
    });
    const { entry, head, proof } = must(await store.transaction(({ audit }) => audit.prove(txn, digest)));
    expect(entry.event.event).toBe('answer.signed');
    const leaf = leafHash(commitmentOf(entry.event, entry.salt));
    expect(verifyInclusion({ index: entry.index, leaf, ...head }, proof)).toBe(true);
    expect(await store.transaction(({ audit }) => audit.prove(txn, '2'.repeat(64)))).toBeUndefined();
  });

  it('does not let an entry be changed or removed, whoever asks', async () => {
    const { db } = get().database;
    await openStore(get().database).transaction(({ audit }) => {
      audit.append(event(randomUUID()));
      return Promise.resolve();
    });
    for (const statement of [
      `update audit_entry set event = '{}'`,
      'delete from audit_entry',
      'truncate audit_entry',
      'delete from audit_node',
      `update audit_node set hash = ''`,
    ]) {
      await expect(sql.raw(statement).execute(db)).rejects.toThrow('the audit log is append-only');
    }
  });

  it('never reserves more than a ceiling allows, however many ask at once', async () => {
    const stores = [open(), await openOther()];
    const [agent, day] = [`agent:${randomUUID()}`, `day:${randomUUID()}`];
    const outcomes = await Promise.all(
      range(40).flatMap((at) =>
        stores.map((store) =>
          store.transaction(({ budget }) =>
            budget.reserve({
              id: randomUUID(),
              amountUsdMicros: 100,
              // The order in which ceilings are named must not matter.
              limits: [
                { name: agent, limitUsdMicros: 1_050 },
                { name: day, limitUsdMicros: 2_000 },
              ].toSorted(() => (at % 2 === 0 ? 1 : -1)),
              expiresMs: 90_000,
            }),
          ),
        ),
      ),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(10);
    expect(new Set(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.exhausted])))).toEqual(new Set([agent]));
    expect(await stores[0]?.transaction(({ budget }) => budget.use([agent, day]))).toEqual([
      { name: agent, limitUsdMicros: 1_050, spentUsdMicros: 0, reservedUsdMicros: 1_000 },
      { name: day, limitUsdMicros: 2_000, spentUsdMicros: 0, reservedUsdMicros: 1_000 },
    ]);
  });

  it('settles a reservation once, and counts what nobody settled as spent', async () => {
    const store = open();
    const name = `agent:${randomUUID()}`;
    const [settled, abandoned] = [randomUUID(), randomUUID()];
    const limits = [{ name, limitUsdMicros: 1_000 }];
    for (const [id, expiresMs] of [
      [settled, 60_000],
      [abandoned, 50_000],
    ] as const) {
      await store.transaction(({ budget }) => budget.reserve({ id, amountUsdMicros: 400, limits, expiresMs }));
    }
    const use = () => store.transaction(({ budget }) => budget.use([name]));
    await store.transaction(({ budget }) => budget.settle(settled, 150));
    await store.transaction(({ budget }) => budget.settle(settled, 150));
    expect(await use()).toEqual([{ ...limits[0], name, spentUsdMicros: 150, reservedUsdMicros: 400 }]);
    expect(await store.transaction(({ budget }) => budget.expire(49_999))).toBe(0);
    expect(await store.transaction(({ budget }) => budget.expire(50_000))).toBe(1);
    expect(await use()).toEqual([{ ...limits[0], name, spentUsdMicros: 550, reservedUsdMicros: 0 }]);
    // It was not abandoned: a clock had been set, and its run has ended since.
    for (let again = 0; again < 2; again += 1) await store.transaction(({ budget }) => budget.settle(abandoned, 1));
    expect(await use()).toEqual([{ ...limits[0], name, spentUsdMicros: 151, reservedUsdMicros: 0 }]);
    expect(await store.transaction(({ budget }) => budget.expire(60_000))).toBe(0);
  });

  it('holds a ceiling that was lowered, and refuses what it no longer allows', async () => {
    const store = open();
    const name = `agent:${randomUUID()}`;
    const reserve = (limitUsdMicros: number) =>
      store.transaction(({ budget }) =>
        budget.reserve({
          id: randomUUID(),
          amountUsdMicros: 100,
          limits: [{ name, limitUsdMicros }],
          expiresMs: 90_000,
        }),
      );
    expect(await reserve(500)).toEqual({ ok: true });
    expect(await reserve(199)).toEqual({ ok: false, exhausted: name });
    expect(await reserve(200)).toEqual({ ok: true });
  });

  it('stops everything, an agent or a task, for every replica at once', async () => {
    const [here, there] = [open(), await openOther()];
    const order = { by: 'operator', reason: 'drill', atMs: 5 };
    const stops = (agent: string, task: string) =>
      there.transaction(async ({ killSwitch }) => (await killSwitch.stops(agent, task))?.scope);
    expect(await stops('A', 'T')).toBeUndefined();
    const agent = { kind: 'agent', name: 'A' } as const;
    await here.transaction(({ killSwitch }) => killSwitch.engage({ scope: agent, ...order }));
    expect([await stops('A', 'T'), await stops('B', 'A')]).toEqual([agent, undefined]);
    const task = { kind: 'task', name: 'T' } as const;
    await here.transaction(({ killSwitch }) => killSwitch.engage({ scope: task, ...order }));
    expect([await stops('B', 'T'), await stops('T', 'B')]).toEqual([task, undefined]);
    await here.transaction(({ killSwitch }) => killSwitch.engage({ scope: { kind: 'global' }, ...order, atMs: 1 }));
    expect(await stops('B', 'B')).toEqual({ kind: 'global' });
    await here.transaction(({ killSwitch }) =>
      killSwitch.engage({ scope: { kind: 'global' }, by: 'somebody else', reason: 'later', atMs: 9 }),
    );
    expect(await there.transaction(({ killSwitch }) => killSwitch.orders())).toEqual([
      { scope: agent, ...order },
      { scope: { kind: 'global' }, ...order, atMs: 1 },
      { scope: task, ...order },
    ]);
    for (const scope of [{ kind: 'global' } as const, agent, task]) {
      await here.transaction(({ killSwitch }) => killSwitch.release(scope));
    }
    expect(await there.transaction(({ killSwitch }) => killSwitch.orders())).toEqual([]);
  });

  it('has one key for a person and conversation, and none once it was destroyed', async () => {
    const stores = [open(), await openOther()];
    const [store] = stores;
    if (store === undefined) throw new Error('no store');
    const owner = { org, subject: randomUUID() };
    const made = await Promise.all(
      range(4).flatMap(() => stores.map((each) => each.transaction(({ keys }) => keys.keyFor(owner, 'chat 1')))),
    );
    expect(new Set(made.map(({ dataKey }) => dataKey.id)).size).toBe(1);
    expect(new Set(made.map(({ dataKey }) => Buffer.from(dataKey.key).toString('hex'))).size).toBe(1);
    expect(made.filter(({ isNew }) => isNew)).toHaveLength(1);
    const other = await store.transaction(({ keys }) => keys.keyFor(owner, 'chat 2'));
    const stranger = await store.transaction(({ keys }) => keys.keyFor({ org, subject: randomUUID() }, 'chat 1'));
    expect(await store.transaction(({ keys }) => keys.destroy(owner))).toBe(2);
    for (const { dataKey } of [...made, other]) {
      expect(await store.transaction(({ keys }) => keys.find(dataKey.id))).toBeUndefined();
    }
    expect(await store.transaction(({ keys }) => keys.find(stranger.dataKey.id))).toEqual(stranger.dataKey);
    const renewed = await store.transaction(({ keys }) => keys.keyFor(owner, 'chat 1'));
    expect(made.map(({ dataKey }) => dataKey.id)).not.toContain(renewed.dataKey.id);
  });

  it('keeps tokens per conversation until the last of its runs has expired', async () => {
    const store = open();
    const [mine, other] = [randomUUID(), randomUUID()];
    const entry = (token: string, value: number) => ({ token, type: 'PERSON', sealed: Uint8Array.of(value) });
    await store.transaction(({ vault }) => vault.add(mine, [entry('a', 1), entry('b', 2)], 1_000));
    await store.transaction(({ vault }) => vault.add(other, [entry('a', 3)], 1_000));
    await store.transaction(({ vault }) => vault.add(mine, [entry('a', 9), entry('c', 4)], 2_000));
    expect(await store.transaction(({ vault }) => vault.entries(mine))).toEqual([
      entry('a', 1),
      entry('b', 2),
      entry('c', 4),
    ]);
    expect(await store.transaction(({ vault }) => vault.purge(1_500))).toBe(1);
    expect(await store.transaction(({ vault }) => vault.entries(other))).toEqual([]);
    expect(await store.transaction(({ vault }) => vault.purge(2_000))).toBe(3);
  });
});
