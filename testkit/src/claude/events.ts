import type { FakeAnswer, FakeBlock } from './behaviour.ts';
import type { FakeUsage } from './usage.ts';

export interface FakeMessage {
  readonly id: string;
  readonly type: 'message';
  readonly role: 'assistant';
  readonly model: string;
  readonly content: readonly FakeBlock[];
  readonly stop_reason: string;
  readonly stop_sequence: null;
  readonly stop_details: FakeAnswer['stopDetails'] | null;
  readonly usage: FakeUsage;
}

type Event = { readonly type: string } & Readonly<Record<string, unknown>>;

/** The events of a streamed message, in the API's order, a `ping` among them. Text comes in pieces. */
export function eventsOf(message: FakeMessage): readonly Event[] {
  const { content, stop_reason, stop_sequence, stop_details, usage, ...head } = message;
  return [
    {
      type: 'message_start',
      message: {
        ...head,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        stop_details: null,
        usage: { ...usage, output_tokens: 1 },
      },
    },
    { type: 'ping' },
    ...content.flatMap(blockEvents),
    {
      type: 'message_delta',
      delta: { stop_reason, stop_sequence, stop_details },
      usage: { output_tokens: usage.output_tokens },
    },
    { type: 'message_stop' },
  ];
}

export function encodeEvent(event: Event): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

function blockEvents(block: FakeBlock, index: number): readonly Event[] {
  const start = block.type === 'text' ? { type: 'text', text: '' } : { ...block, input: {} };
  const deltas =
    block.type === 'text'
      ? pieces(block.text).map((text) => ({ type: 'text_delta', text }))
      : pieces(JSON.stringify(block.input)).map((json) => ({ type: 'input_json_delta', partial_json: json }));
  return [
    { type: 'content_block_start', index, content_block: start },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
}

/** By code points, so that no piece ends within a character. */
function pieces(text: string): readonly string[] {
  const points = Array.from(text);
  const size = 7;
  return Array.from({ length: Math.ceil(points.length / size) }, (_, index) =>
    points.slice(index * size, (index + 1) * size).join(''),
  );
}
