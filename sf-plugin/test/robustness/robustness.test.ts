import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { cutShort, mutate, type Outcome } from './campaign.ts';

/** The sample agent. The long campaign is `npm run fuzz`, on any project. */
const sample = join(import.meta.dirname, '..', '..', '..', 'examples', 'order-care');

async function collect(outcomes: AsyncIterable<Outcome>): Promise<Outcome[]> {
  const all: Outcome[] = [];
  for await (const outcome of outcomes) all.push(outcome);
  return all;
}

const slow = ({ cpuMs }: Outcome): boolean => cpuMs > 5_000;

describe('a damaged file', () => {
  it('never breaks the check when it is cut short, and an XML file is always named', async () => {
    const outcomes = await collect(cutShort(sample, 3));
    expect(outcomes.length).toBeGreaterThan(100);
    expect(outcomes.filter(slow)).toEqual([]);
    const silent = outcomes.filter(
      ({ path, result }) => result === 'read' && /\.(flow|genAiPlannerBundle|bot|botVersion)(-meta\.xml)?$/.test(path),
    );
    expect(silent).toEqual([]);
  }, 300_000);

  it('never breaks the check when it is mutated', async () => {
    const outcomes = await collect(mutate(sample, 100, 20_261_123));
    expect(outcomes).toHaveLength(100);
    expect(outcomes.filter(slow)).toEqual([]);
  }, 300_000);
});
