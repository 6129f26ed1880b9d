import { resolve } from 'node:path';
import { cutShort, mutate, type Outcome } from './campaign.ts';

const [folder = '.', seed = '1'] = process.argv.slice(2);

async function tally(name: string, outcomes: AsyncIterable<Outcome>): Promise<void> {
  const counts = new Map<string, number>();
  let slowest: Outcome | undefined;
  for await (const outcome of outcomes) {
    counts.set(outcome.result, (counts.get(outcome.result) ?? 0) + 1);
    if (!slowest || outcome.cpuMs > slowest.cpuMs) slowest = outcome;
  }
  const parts = [...counts].map(([result, count]) => `${count} ${result}`);
  const slow = slowest ? `; slowest ${Math.round(slowest.cpuMs)} ms: ${slowest.path}, ${slowest.change}` : '';
  process.stdout.write(`${name}: ${parts.join(', ')}${slow}\n`);
}

await tally('1,000 mutations', mutate(resolve(folder), 1_000, Number(seed)));
await tally('cut at every tenth character', cutShort(resolve(folder), 'every tenth'));
