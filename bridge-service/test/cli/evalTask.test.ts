import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { startFakeClaude, text } from '@agent-readiness/testkit/claude';
import { withEvalBridge, type EvalBridge } from '../../src/cli/evaluate/evalBridge.ts';
import { readEvalCases } from '../../src/cli/evaluate/evalCases.ts';
import { evaluateCase } from '../../src/cli/evaluate/evaluateCase.ts';
import { modelAt } from '../adapters/anthropic/support.ts';
import { must } from '../support/must.ts';
import { tasksFolder } from '../support/testBridge.ts';

jest.setTimeout(300_000);

const tasks = ['case-summary', 'refund-review'];

const evaluate = async ({ bridge, signer }: EvalBridge, name: string, by: 'reference' | 'model') => {
  const task = must(bridge.tasks.get(name));
  const cases = [];
  for (const each of readEvalCases(tasksFolder, name)) {
    cases.push(await evaluateCase({ bridge, signer }, task, each, by));
  }
  return { task: name, by, release: task.release, cases };
};

const committed = (name: string): unknown =>
  JSON.parse(readFileSync(join(tasksFolder, name, 'evals', 'reference.json'), 'utf8'));

describe('the evaluation of a task', () => {
  it('agrees with what people decided, and is that of the release in the tree', async () => {
    await withEvalBridge({ tasks: tasksFolder, anthropic: undefined }, async (around) => {
      for (const name of tasks) {
        const found = await evaluate(around, name, 'reference');
        expect(found.cases.map(({ agrees }) => agrees)).not.toContain(false);
        // `bridge eval <task> --json` writes it.
        expect(found).toEqual(committed(name));
      }
    });
  });

  it('shows where a model differs, where a control is missing, and where one is in the way', async () => {
    const claude = await startFakeClaude();
    await withEvalBridge({ tasks: tasksFolder, anthropic: undefined }, async ({ bridge: base, signer }) => {
      const model = modelAt(claude);
      const free = { worstCaseUsdMicros: () => 0, costUsdMicros: () => 0 };
      const bridge = { ...base, model, pricing: free };
      const wrong = { decision: 'refund', amount: 10_000, reason: 'It said so.', confidence: 1, quotes: [] };
      claude.respondWith(() => text(JSON.stringify(wrong)));
      const { cases } = await evaluate({ bridge, signer }, 'refund-review', 'model');
      expect(cases.map(({ differs }) => differs)).toEqual([
        ['amount'],
        ['decision', 'amount'],
        ['decision', 'amount'],
        // It has not read the case, so nothing stopped it.
        ['disposition'],
        ['decision', 'amount'],
      ]);
      const task = must(bridge.tasks.get('case-summary'));
      const [first, , secret] = readEvalCases(tasksFolder, 'case-summary');
      const open = { ...base, runGuardrails: () => [] };
      expect(await evaluateCase({ bridge: open, signer }, task, must(secret), 'reference')).toMatchObject({
        agrees: false,
        differs: ['disposition'],
      });
      const strict = { ...must(first), expect: { quotes: ['Nobody has said this.'] } };
      expect(await evaluateCase({ bridge: base, signer }, task, strict, 'reference')).toMatchObject({
        disposition: 'blocked',
        differs: ['disposition'],
      });
    });
    await claude.close();
  });
});
