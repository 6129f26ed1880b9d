import { describe, expect, it } from '@jest/globals';
import { createMetrics } from '../../../src/adapters/telemetry/metrics.ts';
import type { QuestionFacts, RunFacts } from '../../../src/ports/watch.ts';

const question: QuestionFacts = {
  provider: 'anthropic',
  model: 'claude-haiku-5-5',
  outcome: 'answered',
  stopReason: 'end_turn',
  messageId: 'msg_1',
  attempts: 1,
  startedMs: 1_000,
  firstTextMs: 1_050,
  endedMs: 3_000,
  usage: {},
  costUsdMicros: 10,
};
const run: RunFacts = {
  txn: '00000000-0000-4000-8000-000000000001',
  agent: 'Order_Agent',
  agentVersion: 'v3',
  task: 'case-summary',
  trace: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  state: 'finished',
  disposition: 'executed',
  reason: '',
  startedMs: 900,
  firstShownMs: undefined,
  endedMs: 3_100,
  questions: [question],
};

async function linesAfter(runs: readonly RunFacts[]): Promise<readonly string[]> {
  const metrics = createMetrics();
  for (const each of runs) metrics.watch.ran(each);
  return (await metrics.read(0, () => Promise.reject(new Error('no store')))).split('\n');
}

describe('the metrics', () => {
  it('tell how long a reader waited for the first text, of runs that showed some', async () => {
    const lines = await linesAfter([run, { ...run, firstShownMs: 2_150 }, { ...run, firstShownMs: 1_150 }]);
    expect(lines).toContain('bridge_first_shown_seconds_sum{task="case-summary"} 1.5');
    expect(lines).toContain('bridge_first_shown_seconds_count{task="case-summary"} 2');
  });

  it('have no more series than there may be models, whatever name an answer gives itself', async () => {
    const models = Array.from({ length: 1_000 }, (_, index) => `model ${String(index)}`);
    const lines = await linesAfter(models.map((model) => ({ ...run, questions: [{ ...question, model }] })));
    const series = lines.filter((line) => line.startsWith('bridge_questions_total{'));
    expect(series).toHaveLength(51);
    expect(series).toContain('bridge_questions_total{task="case-summary",model="other",outcome="answered"} 950');
  });
});
