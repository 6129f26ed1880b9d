/* global fetch */
/** The ways to the same answer. Each `prepare(count)` makes so many calls ready, outside of what is timed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '../../../bridge-service/src/adapters/anthropic/client.ts';
import { newOffer } from '../../../bridge-service/test/support/offers.ts';
import { root } from '../../shared/install.mjs';
import { payload } from './workload.mjs';

const task = join(root, 'bridge-service/tasks/case-summary');

/**
 * The question as the bridge asks it: the same prompt, data and schema. Not streamed, as the bridge does: that is
 * less work, and streams fail in Portkey 1.15.2 on Node 24.
 */
const body = {
  model: 'claude-haiku-5-5',
  max_tokens: 1_000,
  system: readFileSync(join(task, 'prompt.md'), 'utf8'),
  messages: [{ role: 'user', content: payload }],
  output_config: {
    format: { type: 'json_schema', schema: JSON.parse(readFileSync(join(task, 'output.schema.json'), 'utf8')) },
  },
};

/** The SDK as the bridge uses it: without retries, so that a call that fails is a failure of the bench. */
export function sdkCaller(baseUrl, defaultHeaders = {}) {
  const client = createClient({ apiKey: 'bench', baseUrl }).withOptions({ defaultHeaders });
  const ask = async () => {
    const { stop_reason: reason } = await client.messages.create(body);
    if (reason !== 'end_turn') throw new Error(`not answered: ${reason}`);
  };
  return { prepare: async (count) => Array.from({ length: count }, () => ask) };
}

export function portkeyCaller(url, claudeUrl) {
  return sdkCaller(url, {
    'x-portkey-provider': 'anthropic',
    'x-portkey-custom-host': `${claudeUrl}/v1`,
    'x-portkey-forward-headers': 'authorization,anthropic-version',
  });
}

/** Signed offers, and their answers in full. The offers are the org's work, so they are signed beforehand. */
export function bridgeCaller(url) {
  const hand = async (message) => {
    const response = await fetch(`${url}/v1/handoffs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: message,
    });
    const { status, payload: result } = await response.json();
    if (status === 'finished' && JSON.parse(result).disposition === 'executed') return;
    throw new Error(`not answered: ${response.status} ${status} ${result}`);
  };
  return {
    async prepare(count) {
      const calls = [];
      for (let at = 0; at < count; at++) {
        const { message } = await newOffer({ nowMs: Date.now(), task: 'case-summary', payload });
        const text = JSON.stringify(message);
        calls.push(() => hand(text));
      }
      return calls;
    },
  };
}
