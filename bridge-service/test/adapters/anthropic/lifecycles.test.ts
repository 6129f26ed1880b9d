import { expect, it } from '@jest/globals';
import { startFakeClaude } from '@agent-readiness/testkit/claude';
import { createClient } from '../../../src/adapters/anthropic/client.ts';
import { readLifecycles } from '../../../src/adapters/anthropic/lifecycles.ts';

it('of each model, as the Models API says, or why it does not', async () => {
  const claude = await startFakeClaude({
    models: [
      { id: 'claude-sonnet-5-5', lifecycle: 'active' },
      { id: 'claude-sonnet-4-5', lifecycle: 'retired' },
      { id: 'claude-odd', lifecycle: 'resting' as never },
    ],
  });
  const client = createClient({ apiKey: 'k', baseUrl: claude.url });
  const models = ['claude-sonnet-5-5', 'claude-sonnet-4-5', 'claude-odd', 'claude-missing'];
  const lifecycles = await readLifecycles(client, models, AbortSignal.timeout(5000));
  await claude.close();
  expect([...lifecycles]).toEqual([
    ['claude-sonnet-5-5', 'active'],
    ['claude-sonnet-4-5', 'retired'],
    ['claude-odd', 'unknown'],
    ['claude-missing', 'no_model'],
  ]);
});
