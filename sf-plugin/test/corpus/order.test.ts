import { describe, expect, it } from '@jest/globals';
import { readCases } from './corpusCase.ts';
import { check, shuffled } from './variants.ts';

describe.each(readCases())('$name', ({ files }) => {
  it('gives the same bytes in a second run, in which its files are listed in another order', async () => {
    expect(JSON.stringify(await check(shuffled(files)))).toBe(JSON.stringify(await check(files)));
  });

  it('says the same of each agent alone as of all together, although they share what is known of their code', async () => {
    const { agents } = await check(files);
    for (const agent of agents) {
      const alone = await check(files, [agent.name]);
      expect(JSON.stringify(alone.agents)).toBe(JSON.stringify(agents.filter(({ name }) => name === agent.name)));
    }
  });
});
