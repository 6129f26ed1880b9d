/**
 * The bridge's masking and guardrails as the scorers of a benchmark folder want them: `detect` for bench, adv
 * and presidio-metric, `createSession` for roundtrip, `createDemask` for stream-demask, `flag` for guard-bench.
 * Run by measureSafeguards.mjs.
 */
import { runGuardrails } from '../../bridge-service/src/domain/guardrails/runGuardrails.ts';
import { ConversationMasker } from '../../bridge-service/src/domain/masking/masker.ts';

export const name = 'bridge';

/** What a scorer calls the types that it spells differently. */
const labels = {
  US_SSN: 'SSN',
  US_ITIN: 'SSN',
  POSTCODE: 'ZIP',
  BIRTH_DATE: 'DATE',
  DRIVER_LICENSE: 'DL',
  MEDICAL_ID: 'MRN',
};

let conversations = 0;

function newMasker() {
  const key = new Uint8Array(32);
  new DataView(key.buffer).setUint32(0, ++conversations);
  return new ConversationMasker({ key, known: [], hints: {}, policy: { unmask: { result: 'all' } } });
}

export function createSession() {
  const masker = newMasker();
  return { mask: (text) => masker.mask(text), unmask: (text) => masker.unmask(text, 'result').value };
}

/** @param {Map<string, string>} values token body → value */
export function createDemask(values) {
  const known = Array.from(values, ([token, value]) => ({
    token,
    type: token.slice(0, token.lastIndexOf('_')),
    value,
  }));
  const policy = { unmask: { result: 'all' } };
  const stream = new ConversationMasker({ key: new Uint8Array(32), known, hints: {}, policy }).streamUnmasker('result');
  return {
    push: (chunk) => stream.push(chunk),
    end: () => stream.end(),
    get unknown() {
      return [...stream.report.unknown, ...stream.report.half];
    },
  };
}

/** Where the masked text has tokens, in offsets of the given text. */
export function detect(text) {
  const masker = newMasker();
  const masked = masker.mask(text);
  const entries = new Map(masker.minted().map((entry) => [entry.token, entry]));
  const spans = [];
  let shift = 0;
  for (const match of masked.matchAll(/\[\[([A-Z_]+_[0-9A-F]{6,10}(?:_\d+)?)\]\]/g)) {
    const { type, value } = entries.get(match[1]);
    const start = match.index + shift;
    spans.push({ start, end: start + value.length, type: labels[type] ?? type });
    shift += value.length - match[0].length;
  }
  return spans;
}

/** Whether the guardrails of what comes in, at their defaults, would block a text. */
export function flag(text) {
  const findings = runGuardrails({ stage: 'in', input: text, outputSchema: {}, policy: {} });
  return findings.some(({ action }) => action === 'block');
}
