import { expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { receiveApproval } from '../../src/app/approval/receiveApproval.ts';
import { answerOffer } from '../../src/app/custody/answer.ts';
import { receiveOffer } from '../../src/app/custody/receiveOffer.ts';
import { erasePerson } from '../../src/app/operate/erase.ts';
import { runHandoff } from '../../src/app/run/runHandoff.ts';
import { describeOnBothDatabases } from '../support/databases.ts';
import { answer } from '../support/fakeModel.ts';
import { secretName } from '../support/fakeSafeguards.ts';
import { drain, eventsOf, handOff, refund, summary } from '../support/handOff.ts';
import { ids, newApproval, newOffer, type OfferOptions } from '../support/offers.ts';
import { orgParty } from '../support/parties.ts';
import { openStore } from '../support/sqlStore.ts';
import { createTestBridge, policy, verifyAnswer, type TestBridge } from '../support/testBridge.ts';

describeOnBothDatabases('a handoff', (get) => {
  const open = (overrides: Partial<TestBridge> = {}): TestBridge =>
    createTestBridge(openStore(get().database), overrides);
  const offerTo = (bridge: TestBridge, options: Partial<OfferOptions> = {}) =>
    newOffer({ nowMs: bridge.clock.nowMs(), ...options });

  it('that writes nothing is accepted, thought about and answered in one go', async () => {
    const bridge = open();
    bridge.model.behaviours.push(answer(JSON.stringify(summary)));
    const { offer, message } = await offerTo(bridge, { task: 'case-summary' });
    const { received, answer: given } = await handOff(bridge, message);
    const { accept, result } = await verifyAnswer(bridge, offer, given);

    expect([received.kind, given?.status]).toEqual(['taken', 'finished']);
    expect(accept?.claims).toMatchObject({
      owner: policy.owner,
      authorization_details: [],
      max_cost_usd_micros: 100_000,
    });
    expect(result?.claims).toMatchObject({ disposition: 'executed', effects: [], cost_usd_micros: 1_000 });
    expect(JSON.parse(given?.payload ?? '')).toEqual({
      disposition: 'executed',
      reason: '',
      answered_by: 'replay',
      output: summary,
    });
    expect(await eventsOf(bridge, offer.claims.txn)).toEqual([
      'verify.accepted',
      'authorise.accepted',
      'reserve.made',
      'guard_in.passed',
      'mask.done',
      'think.dispatched',
      'think.answered',
      'guard_out.passed',
      'unmask.done',
      'gate.allowed',
      'answer.signed',
    ]);
  });

  it('that writes waits for a person, and writes once when they say yes', async () => {
    const bridge = open();
    bridge.model.behaviours.push(answer(JSON.stringify(refund)));
    const { offer, message } = await offerTo(bridge);
    const asked = await handOff(bridge, message);
    const { result } = await verifyAnswer(bridge, offer, asked.answer);
    if (result === undefined) throw new Error('no result');
    expect(asked.answer?.status).toBe('approval_required');
    expect(bridge.org.writes).toEqual([]);

    const decided = await receiveApproval(bridge, await newApproval(result, bridge.clock.nowMs()));
    expect(decided.kind).toBe('approved');
    await runHandoff(bridge, { org: orgParty, txn: offer.claims.txn }, { drain });
    const final = await answerOffer(bridge, { org: orgParty, txn: offer.claims.txn }, offer.sha256);
    expect(final?.status).toBe('finished');
    expect(bridge.org.writes.map(({ effects }) => effects)).toEqual([
      [
        {
          operation: 'create',
          object: 'Refund__c',
          fields: { Order__c: ids.order, Amount__c: 59.9, Reason__c: 'Damaged on arrival', Status__c: 'Approved' },
        },
        {
          operation: 'update',
          object: 'Case',
          recordId: ids.case,
          fields: { Status: 'Refund approved' },
          before: { Status: 'before' },
        },
      ],
    ]);
    expect((await eventsOf(bridge, offer.claims.txn)).slice(8)).toEqual([
      'unmask.done',
      'gate.approval_required',
      'answer.signed',
      'gate.approved',
      'act.dispatched',
      'act.confirmed',
      'answer.signed',
    ]);
  });

  it('has recorded the answer before it asks the org anything', async () => {
    const base = open();
    const { offer, message } = await offerTo(base);
    const before: (readonly string[])[] = [];
    const bridge: TestBridge = {
      ...base,
      org: {
        ...base.org,
        async read(read, signal) {
          before.push(await eventsOf(base, offer.claims.txn));
          return base.org.read(read, signal);
        },
      },
    };
    bridge.model.behaviours.push(answer(JSON.stringify(refund)));
    expect((await handOff(bridge, message)).answer?.status).toBe('approval_required');
    expect(before.map((events) => events.at(-1))).toEqual(['think.answered']);
  });

  it('shows the model no name, and gives it back to the org alone', async () => {
    const bridge = open();
    bridge.model.behaviours.push((request, run) => {
      const [token = ''] = /\[\[PERSON_\w+\]\]/.exec(JSON.stringify(request)) ?? [];
      return answer(JSON.stringify({ ...summary, summary: `${token} asks.` }))(request, run);
    });
    const { offer, message } = await offerTo(bridge, { task: 'case-summary' });
    const { answer: given } = await handOff(bridge, message);
    expect(JSON.stringify(bridge.model.requests)).not.toContain(secretName);
    expect(JSON.parse(given?.payload ?? '')).toMatchObject({ output: { summary: `${secretName} asks.` } });
    const { txn } = offer.claims;
    const { rows } = await sql<Record<string, unknown>>`
      select facts::text, encode(sealed, 'escape') from handoff where txn = ${txn}
      union all select event::text, '' from audit_entry where txn = ${txn}
      union all select kind, encode(sealed, 'escape') from handoff_object where txn = ${txn}
      union all select request_sha256, encode(sealed, 'escape') from model_answer where txn = ${txn}
      union all select type, encode(sealed, 'escape') from vault_entry`.execute(get().database.db);
    expect(rows.length).toBeGreaterThan(15);
    expect(JSON.stringify(rows)).not.toMatch(/Maria|Lopez/);
  });

  it('of an erased person cannot be read any more, and its log still verifies', async () => {
    const bridge = open();
    bridge.model.behaviours.push(answer(JSON.stringify(summary)));
    const subject = '0055g00000ErAsEAAV';
    const { offer, message } = await offerTo(bridge, { task: 'case-summary', claims: { sub: subject } });
    const { answer: given } = await handOff(bridge, message);
    expect(await erasePerson(bridge, { org: orgParty, subject }, 'operator')).toBe(1);
    const key = { org: orgParty, txn: offer.claims.txn };
    await expect(answerOffer(bridge, key)).rejects.toMatchObject({ name: 'ErasedError' });
    await expect(receiveOffer(bridge, message)).resolves.toMatchObject({ kind: 'repeated' });
    // What the org was given before still proves what it proved.
    expect((await verifyAnswer(bridge, offer, given)).result?.claims.disposition).toBe('executed');
  });
});
