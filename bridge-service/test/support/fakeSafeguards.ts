import { createHash } from 'node:crypto';
import type { JsonValue, Masked } from '../../src/domain/json.ts';
import type { CreateMasker, GuardFinding, RunGuardrails } from '../../src/domain/safeguards.ts';

/** The one value that the tests call personal, and what it looks like in masked text. */
export const secretName = 'Maria Lopez';

const tokenOf = (key: Uint8Array): string => `[[PERSON_${createHash('sha256').update(key).digest('hex').slice(0, 6)}]]`;

/** Knows one name. The real masking has its own tests; here it matters that it is asked, and obeyed. */
export const createFakeMasker: CreateMasker = ({ key }) => {
  const token = tokenOf(key);
  let used = false;
  return {
    mask<T extends JsonValue>(value: T): Masked<T> {
      const text = JSON.stringify(value);
      used ||= text.includes(secretName);
      return JSON.parse(text.replaceAll(secretName, token)) as Masked<T>;
    },
    leaks: (outgoing) => (JSON.stringify(outgoing).includes('Unmaskable') ? ['PERSON'] : []),
    unmask<T extends JsonValue>(value: T) {
      const text = JSON.stringify(value);
      const restored = text.replaceAll(token, secretName);
      const unknown = [...new Set(restored.match(/\[\[PERSON_\w+\]\]/g) ?? [])];
      return { value: JSON.parse(restored) as T, restored: text === restored ? 0 : 1, unknown, half: [] };
    },
    streamUnmasker: () => ({
      push: (text) => text.replaceAll(token, secretName),
      end: () => '',
      report: { unknown: [], half: [] },
    }),
    minted: () => (used ? [{ token, type: 'PERSON', value: secretName }] : []),
  };
};

/** Words in input or output that make a finding, for tests to plant. */
export const fakeGuardrails: RunGuardrails = ({ stage, input, output }) => {
  const text = JSON.stringify(stage === 'in' ? input : output);
  const actions: readonly GuardFinding['action'][] = ['block', 'flag', 'repair'];
  return actions
    .filter((action) => text.includes(`please ${action} ${stage}`))
    .map((action) => ({ guard: 'planted', action, detail: stage }));
};
