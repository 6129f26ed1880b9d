import type { Effect, Operation } from '@agent-readiness/protocol';
import type { Rule } from '../rule.ts';

/** Hosts of model providers, and of those who run models of others. */
const providerHost = new RegExp(
  [
    String.raw`(?:^|\.)(?:anthropic|openai|cohere|groq|deepseek)\.com$`,
    String.raw`(?:^|\.)(?:openai\.azure\.com|cohere\.ai|mistral\.ai|x\.ai|perplexity\.ai|together\.xyz|huggingface\.co)$`,
    String.raw`^bedrock(?:-[a-z-]+)?\.[\w.-]+\.amazonaws\.com$`,
    String.raw`(?:^|[.-])(?:generativelanguage|aiplatform)\.googleapis\.com$`,
  ].join('|'),
  'i',
);

/** What people call a named credential for one of them, or for a bridge to one. */
const providerName =
  /(?:^|_)(?:anthropic|claude|open_?ai|chatgpt|gemini|bedrock|mistral|llm|(?:ai_|agent_)?bridge)(?:_|$)/i;

/** An object that keeps what was handed over. */
const receiptObject = /handoff|receipt/i;

const keeping: ReadonlySet<Operation> = new Set<Operation>(['create', 'upsert', 'update', 'publish-event']);

export const handoffWithoutReceipt: Rule = {
  id: 'handoff-without-receipt',
  category: 'accountability',
  severity: 'medium',
  summary: 'An action hands work to a model outside of the platform and keeps no record of the handoff.',
  check: ({ capabilities, hostOf }) =>
    capabilities.flatMap(({ agent, action, effects }) => {
      const leadsToModel = ({ operation, object }: Effect): boolean =>
        operation === 'callout' && (providerHost.test(hostOf(object) ?? object) || providerName.test(object));
      const handoff = effects.find((effect) => effect.reach !== 'cascade' && leadsToModel(effect));
      if (!handoff || effects.some(keepsReceipt)) return [];
      return [
        {
          agent,
          action,
          effect: handoff,
          message: `${action.name} hands work to ${handoff.object} and keeps no record of what it handed over.`,
          fix: 'Store the offer before the callout and the answer after it, in an object for handoffs, so that both sides can be compared.',
        },
      ];
    }),
};

function keepsReceipt({ operation, object, certainty }: Effect): boolean {
  return keeping.has(operation) && certainty === 'proven' && receiptObject.test(object);
}
