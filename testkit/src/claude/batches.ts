import type { ServerResponse } from 'node:http';
import type { FakeBehaviour } from './behaviour.ts';
import type { FakeMessage } from './events.ts';

/** A batch that has ended cannot be canceled. */
const conflict = '{"type":"error","error":{"type":"invalid_request_error","message":""}}';

/** How a batch ends. */
export type FakeBatchEnd = 'answered' | 'expired' | 'canceled';

interface Entry {
  readonly custom_id: string;
  readonly params: Readonly<Record<string, unknown>>;
}

interface Batch {
  readonly id: string;
  readonly entries: readonly Entry[];
  results: string | undefined;
  canceling: boolean;
}

export interface BatchesOptions {
  /** What happens to a request, as it would without a batch. */
  readonly behaviourOf: (params: Entry['params']) => FakeBehaviour;
  readonly messageOf: (behaviour: Extract<FakeBehaviour, { kind: 'answer' }>, params: Entry['params']) => FakeMessage;
}

/** The Message Batches API: a batch is in progress until the test ends it. */
export class FakeBatches {
  readonly #options: BatchesOptions;
  readonly #batches: Batch[] = [];

  constructor(options: BatchesOptions) {
    this.#options = options;
  }

  /** Ends every batch that is in progress; one that is being canceled ends so. */
  end(ending: FakeBatchEnd): void {
    for (const batch of this.#batches) {
      const how = batch.canceling ? 'canceled' : ending;
      batch.results ??= batch.entries
        .map((entry) => JSON.stringify({ custom_id: entry.custom_id, result: this.#resultOf(entry, how) }))
        .map((line) => `${line}\n`)
        .join('');
    }
  }

  /** False for a path that is none of its own. */
  answer(path: string, body: unknown, origin: string, response: ServerResponse): boolean {
    const [, id, of] = /^\/v1\/messages\/batches(?:\/(\w+)(?:\/(results|cancel))?)?$/.exec(path) ?? [];
    if (!path.startsWith('/v1/messages/batches')) return false;
    const batch = id === undefined ? this.#create(body) : this.#batches.find((each) => each.id === id);
    if (batch === undefined) send(response, 404, '{"type":"error","error":{"type":"not_found_error","message":""}}');
    else if (of === 'results') send(response, 200, batch.results ?? '');
    else if (of === 'cancel' && batch.results !== undefined) send(response, 409, conflict);
    else {
      batch.canceling ||= of === 'cancel';
      send(response, 200, JSON.stringify(view(batch, origin)));
    }
    return true;
  }

  #create(body: unknown): Batch {
    const { requests } = body as { readonly requests: readonly Entry[] };
    const id = `msgbatch_${String(this.#batches.length + 1).padStart(6, '0')}`;
    const batch = { id, entries: requests, results: undefined, canceling: false };
    this.#batches.push(batch);
    return batch;
  }

  #resultOf({ params }: Entry, how: FakeBatchEnd): unknown {
    if (how !== 'answered') return { type: how };
    const behaviour = this.#options.behaviourOf(params);
    if (behaviour.kind === 'answer') return { type: 'succeeded', message: this.#options.messageOf(behaviour, params) };
    const type = behaviour.kind === 'error' ? behaviour.type : 'api_error';
    return { type: 'errored', error: { type: 'error', error: { type, message: '' }, request_id: null } };
  }
}

function view({ id, entries, results, canceling }: Batch, origin: string): unknown {
  const ended = results !== undefined;
  const counts = { processing: ended ? 0 : entries.length, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
  return {
    id,
    type: 'message_batch',
    processing_status: ended ? 'ended' : canceling ? 'canceling' : 'in_progress',
    request_counts: counts,
    results_url: ended ? `${origin}/v1/messages/batches/${id}/results` : null,
    archived_at: null,
    cancel_initiated_at: canceling ? '2026-11-23T12:30:00Z' : null,
    created_at: '2026-11-23T12:00:00Z',
    ended_at: ended ? '2026-11-23T13:00:00Z' : null,
    expires_at: '2026-11-24T12:00:00Z',
  };
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': status === 200 && body.includes('\n') ? 'application/x-jsonl' : 'application/json',
  });
  response.end(body);
}
