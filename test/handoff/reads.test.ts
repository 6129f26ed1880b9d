import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Grant } from '@agent-readiness/protocol/handoff';
import { text, type FakeBehaviour } from '@agent-readiness/testkit/claude';
import { must } from '../../bridge-service/test/support/must.ts';
import { refundGrants } from '../../bridge-service/test/support/offers.ts';
import type { Problem, Verdict } from './orgSide.ts';
import { proposal, refundPolicy, startStage, type Stage } from './stage.ts';

jest.setTimeout(60_000);

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
}, 120_000);
afterAll(() => stage.stop());
afterEach(() => {
  expect([stage.failures, stage.org.faults.waiting]).toEqual([[], []]);
  stage.org.faults.clear();
  stage.claude.reset();
});

/** In the org's records only: the offer names ids. */
const person = 'Marta Beispielfrau';
const email = 'marta@beispielfrau.example';

const read = (object: string, fields: readonly string[], recordIds?: readonly string[]): Grant => ({
  type: 'salesforce_effect',
  operation: 'read',
  object,
  fields: [...fields],
  extent: recordIds === undefined ? 'bounded' : 'one',
  ...(recordIds === undefined ? { extentLimit: 20 } : { recordIds: [...recordIds] }),
  identity: 'user',
  gate: 'none',
  reversibility: 'reversible',
});

const onlyId = (object: string): string => String(must(stage.org.table(object).all[0])['Id']);

/** A case with a comment, and grants to read it, its order and the policy. */
function newCase(): { readonly caseId: string; readonly grants: readonly Grant[] } {
  const Description = `I am ${person}, write to ${email}.`;
  const caseId = stage.org.table('Case').insert({ Subject: 'Lamp arrived broken', Description, Status: 'New' });
  stage.org.table('CaseComment').insert({ ParentId: caseId, CommentBody: 'The foot of the lamp is cracked.' });
  const [create, update] = refundGrants;
  const grants = [
    must(create),
    { ...must(update), recordIds: [caseId] },
    read('Case', ['Subject', 'Description', 'Status', 'CreatedDate'], [caseId]),
    read('CaseComment', ['CommentBody', 'CreatedDate']),
    read('Order', ['OrderNumber', 'Status', 'EffectiveDate', 'TotalAmount'], [onlyId('Order')]),
    read('Knowledge__kav', ['Title', 'Summary'], [onlyId('Knowledge__kav')]),
  ];
  return { caseId, grants };
}

/** Claude asks for everything that it may see, then proposes what it says it has read. */
function askThenPropose(quotes: readonly string[] = [...proposal.quotes, refundPolicy]): void {
  stage.claude.respondWith(({ raw, body }): FakeBehaviour => {
    if (raw.includes('tool_result')) return text(JSON.stringify({ ...proposal, quotes }));
    const tools = (body?.['tools'] ?? []) as readonly { readonly name: string }[];
    const content = tools.map(
      ({ name }, at) => ({ type: 'tool_use', id: `toolu_${String(at)}`, name, input: {} }) as const,
    );
    return { kind: 'answer', content, stopReason: 'tool_use' };
  });
}

function settled(answer: Verdict | Problem): Verdict {
  if ('code' in answer) throw new Error(`${answer.code} ${answer.reason ?? ''}`);
  return answer;
}

/** The offer names records by their ids only; what Claude and the org were asked on the way. */
async function handOff(caseId: string, grants: readonly Grant[]) {
  const payload = JSON.stringify({
    case: { id: caseId },
    order: { id: onlyId('Order') },
    policy: { id: onlyId('Knowledge__kav') },
  });
  const [questionsBefore, requestsBefore] = [stage.claude.asked.length, stage.org.requests.length];
  const offered = await stage.orgSide.offer(caseId, { authorization_details: [...grants] }, payload);
  const { result, said } = settled(await stage.orgSide.handOff(offered));
  return {
    offer: offered.offer,
    result: must(result),
    said: must(said),
    questions: stage.claude.asked.slice(questionsBefore).map(({ raw }) => raw),
    queries: stage.org.requests.slice(requestsBefore).filter(({ path }) => path.includes('/query')),
  };
}

const effectsOf = (txn: string) =>
  stage.org
    .table('Handoff_Effect__c')
    .all.filter(({ Txn__c }) => Txn__c === txn)
    .map(({ Operation__c, Object__c }) => `${String(Operation__c)} ${String(Object__c)}`);

describe('a plan over what was read in the org', () => {
  it('is made from its records, masked on the way, and carried out once, with a receipt that verifies', async () => {
    askThenPropose();
    const { caseId, grants } = newCase();
    const { offer, result, said, questions, queries } = await handOff(caseId, grants);
    expect(said).toMatchObject({
      disposition: 'approval_required',
      reads: [
        { object: 'Case', record_ids: [caseId] },
        { object: 'CaseComment', record_ids: [String(must(stage.org.table('CaseComment').all.at(-1))['Id'])] },
        { object: 'Order', record_ids: [onlyId('Order')] },
        { object: 'Knowledge__kav', record_ids: [onlyId('Knowledge__kav')] },
      ],
      plan: {
        arguments: {
          effects: [
            { operation: 'create', object: 'Refund__c', fields: { Amount__c: 59.9, Order__c: onlyId('Order') } },
            { operation: 'update', object: 'Case', recordId: caseId, before: { Status: 'New' } },
          ],
        },
      },
    });
    expect(queries).toHaveLength(4);
    expect(questions).toHaveLength(2);
    expect(questions[0]).not.toContain('cracked');
    expect(questions[1]).toMatch(/\[\[PERSON_\w+\]\].*\[\[EMAIL_\w+\]\]/);
    expect(questions[1]).toContain(refundPolicy);
    expect(questions[1]).toContain('10023');
    expect(questions.join('\n')).not.toMatch(/Marta|Beispielfrau|beispielfrau/);
    const { txn } = offer.claims;
    expect(effectsOf(txn)).toEqual([]);

    // The org carries it out, and its answer is lost.
    stage.org.faults.next({ kind: 'reset', when: 'after' }, { path: '/composite' });
    const done = settled(await stage.orgSide.decide(offer, result));
    expect(done.said).toMatchObject({ disposition: 'executed', reason: '' });
    expect(must(done.result).claims.effects).toMatchObject([
      { operation: 'create', object: 'Refund__c', status: 'confirmed' },
      { operation: 'update', object: 'Case', record_id: caseId, status: 'confirmed' },
    ]);
    expect(effectsOf(txn)).toEqual(['create Refund__c', 'update Case']);
    expect(must(stage.org.table('Case').get(caseId))['Status']).toBe('Refund approved');
    expect(await stage.orgSide.close(must(done.result), 'applied')).toBe(204);
  });

  it('is none when it quotes what nobody can read there', async () => {
    askThenPropose(['Everything is refunded at any time.']);
    const { caseId, grants } = newCase();
    const { said, questions } = await handOff(caseId, grants);
    expect(said).toMatchObject({ disposition: 'blocked', reason: 'guard_out' });
    // Read, proposed, asked to repair.
    expect(questions).toHaveLength(3);
  });
});

describe('a read', () => {
  it('that was not granted is not offered to the model, and not made', async () => {
    askThenPropose(proposal.quotes);
    const { caseId, grants } = newCase();
    const { said, questions, queries } = await handOff(
      caseId,
      grants.filter(({ object, operation }) => operation !== 'read' || object === 'CaseComment'),
    );
    expect(said).toMatchObject({ disposition: 'approval_required', reads: [{ object: 'CaseComment' }] });
    expect(queries).toHaveLength(1);
    expect(questions.join('\n')).not.toMatch(/"name":"read_(?!comments)|10023|are refunded in full/);
  });

  it.each([
    ['breaks off in the middle of its answer', { kind: 'truncatedBody' }],
    ['meets an org that has had enough', { kind: 'error', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    ['finds its session ended', { kind: 'sessionExpired' }],
  ] as const)('that %s is made again', async (_, fault) => {
    askThenPropose();
    const { caseId, grants } = newCase();
    stage.org.faults.next(fault, { path: '/query' });
    const { said, questions } = await handOff(caseId, grants);
    expect(said).toMatchObject({ disposition: 'approval_required' });
    expect(questions).toHaveLength(2);
  });

  it('that the org refuses ends the handoff, with nothing written and nothing told of it', async () => {
    askThenPropose();
    const { caseId, grants } = newCase();
    stage.org.faults.next({ kind: 'error', errorCode: 'INSUFFICIENT_ACCESS', message: person }, { path: '/query' });
    const { said, questions, offer } = await handOff(caseId, grants);
    expect(said).toEqual(expect.objectContaining({ disposition: 'errored', reason: 'org_rejected' }));
    expect(JSON.stringify(said)).not.toContain(person);
    expect(questions).toHaveLength(1);
    expect(effectsOf(offer.claims.txn)).toEqual([]);
  });
});
