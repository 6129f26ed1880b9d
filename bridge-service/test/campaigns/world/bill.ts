import type { FakeBehaviour, FakeClaude } from '@agent-readiness/testkit/claude';

/** What one answer costs at the prices of `prices.json`, in millionths of a US dollar. */
const usage = {
  input_tokens: 100,
  output_tokens: 50,
  cache_read_input_tokens: 0,
  cache_creation_input_tokens: 0,
  cache_creation: null,
};
const micros: Readonly<Record<string, number>> = { 'claude-sonnet-5-5': 700, 'claude-haiku-5-5': 35 };

const proposal = { decision: 'refund', amount: 59.9, reason: 'Damaged on arrival', confidence: 0.95, quotes: [] };
const summary = { summary: 'Asks for the delivery date.', nextStep: 'Call.', quotes: [] };

/** What the fake provider has served, apart from what the bridge believes: millionths of a US dollar by record. */
export interface Bill {
  readonly of: (caseId: string) => number;
  readonly total: () => number;
}

/** What happens to one request: an error or a broken line instead of an answer, or how the answer travels. */
export type Treatment =
  | { readonly instead: Exclude<FakeBehaviour, { kind: 'answer' }> }
  | { readonly answer: Partial<Extract<FakeBehaviour, { kind: 'answer' }>> };

/** Lets the fake provider answer each request, and writes down what it will charge: an error is not charged. */
export function keepBill(claude: FakeClaude, treat: (caseId: string) => Treatment): Bill {
  const charged = new Map<string, number>();
  claude.respondWith(({ raw, body }) => {
    const caseId = /\b500[A-Za-z0-9]{15}\b/.exec(raw)?.[0] ?? 'unknown';
    const treatment = treat(caseId);
    if ('instead' in treatment) return treatment.instead;
    charged.set(caseId, (charged.get(caseId) ?? 0) + (micros[String(body?.['model'])] ?? Number.NaN));
    const answer = raw.includes('nextStep') ? summary : proposal;
    return { kind: 'answer', content: [{ type: 'text', text: JSON.stringify(answer) }], usage, ...treatment.answer };
  });
  return {
    of: (caseId) => charged.get(caseId) ?? 0,
    total: () => [...charged.values()].reduce((sum, each) => sum + each, 0),
  };
}
