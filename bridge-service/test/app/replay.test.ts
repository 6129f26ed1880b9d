import { expect, it } from '@jest/globals';
import { canonicalJson } from '@agent-readiness/protocol';
import { answerOffer } from '../../src/app/custody/answer.ts';
import { receiveOffer } from '../../src/app/custody/receiveOffer.ts';
import { replayHandoff } from '../../src/app/operate/replayHandoff.ts';
import { runHandoff } from '../../src/app/run/runHandoff.ts';
import { createTask } from '../../src/domain/task/task.ts';
import { safeguards } from '../../src/wiring/safeguards.ts';
import { describeOnBothDatabases } from '../support/databases.ts';
import { answer, fails } from '../support/fakeModel.ts';
import { drain, refund, summary } from '../support/handOff.ts';
import { newOffer, type OfferOptions } from '../support/offers.ts';
import { openStore } from '../support/sqlStore.ts';
import { createTestBridge, type TestBridge } from '../support/testBridge.ts';

async function run(bridge: TestBridge, task: OfferOptions['task'] & string) {
  const { message } = await newOffer({ nowMs: bridge.clock.nowMs(), task });
  const received = await receiveOffer(bridge, message);
  if (received.kind !== 'taken') throw new Error(received.kind);
  await runHandoff(bridge, received.key, { drain });
  return received.key;
}

describeOnBothDatabases('a run that is replayed', (get) => {
  const open = (overrides: Partial<TestBridge> = {}): TestBridge =>
    createTestBridge(openStore(get().database), { ...safeguards, ...overrides });
  const everything = async (bridge: TestBridge, key: { org: string; txn: string }) =>
    bridge.store.transaction(async ({ handoffs, audit }) =>
      canonicalJson({
        handoff: JSON.parse(JSON.stringify(await handoffs.find(key))) as unknown,
        objects: (await handoffs.objects(key)).map(({ sha256 }) => sha256),
        answers: (await handoffs.answers(key)).length,
        size: (await audit.head()).size,
      }),
    );

  it('asks the same questions and comes to the same plan, and keeps nothing', async () => {
    const bridge = open();
    bridge.model.behaviours.push(answer(JSON.stringify(refund)));
    const key = await run(bridge, 'refund-review');
    const before = await everything(bridge, key);
    expect(await replayHandoff(bridge, key)).toEqual({
      questions: [{ question: 1, same: true }],
      sameOutput: true,
      sameEffects: true,
    });
    expect(await everything(bridge, key)).toBe(before);
    expect([bridge.model.requests.length, bridge.org.calls()]).toEqual([1, 0]);
    expect(await replayHandoff(bridge, key)).toMatchObject({ sameOutput: true });
    expect((await answerOffer(bridge, key))?.status).toBe('approval_required');
  });

  it('replays what was repaired, and what failed', async () => {
    const bridge = open();
    bridge.model.behaviours.push(answer('{"summary": 1}'), answer(JSON.stringify(summary)));
    expect(await replayHandoff(bridge, await run(bridge, 'case-summary'))).toEqual({
      questions: [
        { question: 1, same: true },
        { question: 2, same: true },
      ],
      sameOutput: true,
      sameEffects: true,
    });
    bridge.model.behaviours.splice(0, 9, fails);
    expect(await replayHandoff(bridge, await run(bridge, 'case-summary'))).toMatchObject({ questions: [] });
  });

  it('shows that the task was changed since', async () => {
    const bridge = open();
    bridge.model.behaviours.push(answer(JSON.stringify(refund)));
    const key = await run(bridge, 'refund-review');
    const task = bridge.tasks.get('refund-review');
    if (task === undefined) throw new Error('no task');
    // The digest is kept, as nobody could who changes a file: the difference must show all the same.
    const changed = { ...task, prompt: `${task.prompt}\nBe generous.` };
    const tasks = new Map([...bridge.tasks, ['refund-review', changed]]);
    expect(await replayHandoff({ ...bridge, tasks }, key)).toMatchObject({ questions: [{ question: 1, same: false }] });
    const { definition, outputSchema } = task;
    const files = { definition, prompt: 'Another one', inputSchema: {}, outputSchema };
    const other = new Map([['refund-review', createTask(files)]]);
    expect(await replayHandoff({ ...bridge, tasks: other }, key)).toEqual({
      questions: [{ question: 1, same: false }],
      sameOutput: false,
      sameEffects: false,
    });
  });
});
