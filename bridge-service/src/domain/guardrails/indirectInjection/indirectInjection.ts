import { inEachPart, type Guardrail } from '../guardrail.ts';
import { readingsOf } from '../readings.ts';
import { untrustedTag } from './wrapUntrusted.ts';

const visible: readonly { readonly kind: string; readonly expression: RegExp }[] = [
  {
    kind: 'speaks_to_the_model',
    expression:
      /\b(?:attention|note|notice|message|instructions?|important|dear|to|for)[:,]? (?:to |for |the |any |all |an? )*(?:ai|a\.i\.|llm|language model|chatbot|agentforce|claude|chat ?gpt|copilot)s?(?: (?:assistant|agent|model|system|reader|processing|reading|summari[sz]ing))*\b|\b(?:ai|llm) (?:assistant|agent|model)s?(?: (?:reading|processing|that reads|must|should|please|:))/,
  },
  {
    kind: 'drops_instructions',
    expression:
      /\b(?:ignore|disregard|forget|override) (?:\w+ ){0,4}(?:previous|prior|above|earlier|preceding|original|your|system) (?:\w+ ){0,2}(?:instructions?|prompts?|rules?|context|task|guidelines?)\b/,
  },
  {
    kind: 'names_a_tool',
    expression:
      /\b(?:call|invoke|use|run|execute|trigger) (?:the )?["'`]?\w{2,40}["'`]? (?:tool|function|action|api|flow)\b|<\/?(?:tool_use|tool_call|function_call|invoke|antml)\b|"(?:tool_use|function_call|tool_calls)" ?:/,
  },
  {
    kind: 'sends_data_out',
    expression:
      /\b(?:send|forward|post|upload|exfiltrate|e-?mail|append|include|embed|transmit|leak)\b(?: \S+){0,10} (?:to|as|in|into|at) (?:https?:|an? (?:url|link|image|markdown)|the (?:url|link|image|address|following (?:url|address|e-?mail))|[\w.+-]{1,40}@)/,
  },
  {
    kind: 'hides_itself',
    expression:
      /\b(?:do not|don't|never|without) (?:\w+ ){0,2}(?:mention|reveal|tell|inform|disclos\w+|notify\w*|telling|mentioning|informing) (?:\w+ ){0,6}(?:user|customer|anyone|human|operator|instructions?|this message|this note)\b/,
  },
  {
    kind: 'prompt_markup',
    expression:
      /<\|[a-z_]{2,30}\|>|\[\/?inst\]|<<\/?sys>>|(?:^|[\n>"] ?)(?:###? ?)?(?:system|assistant) ?(?:prompt|message|instruction|override)? ?: |<\/?(?:system|assistant|instructions?)\b[^>]{0,100}>/,
  },
  { kind: 'prompt_markup', expression: new RegExp(`</?${untrustedTag}\\b`) },
];

/** Tag characters can spell a message that nobody sees; long runs of zero-width characters can carry one. */
const hidden = /[\u{e0020}-\u{e007e}]|[\u200b-\u200f\u2060-\u2064]{8}|[\ufe00-\ufe0f]{4}/u;
const unseenMarkup =
  /<!--|(?:display ?: ?none|visibility ?: ?hidden|font-size ?: ?0|opacity ?: ?0(?![.\d])|color ?: ?(?:#fff(?:fff)?\b|white\b))/i;

/**
 * Text of records, mails and tools that gives orders to the model. It sees orders that say so; an ordinary
 * request in the wrong place looks like any other sentence, and against that only structure helps: see
 * {@link wrapUntrusted}.
 */
export const indirectInjection: Guardrail = {
  id: 'indirect_injection',
  stages: ['in'],
  inspect: inEachPart(function* (text) {
    if (hidden.test(text)) yield 'hidden_characters';
    if (unseenMarkup.test(text)) yield 'hidden_markup';
    for (const reading of readingsOf(text)) {
      for (const { kind, expression } of visible) if (expression.test(reading)) yield kind;
    }
  }),
};
