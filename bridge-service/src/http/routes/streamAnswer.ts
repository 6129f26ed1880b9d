import type { Request, Response } from 'express';
import { answerOffer } from '../../app/custody/answer.ts';
import type { HandoffKey } from '../../ports/outbox.ts';
import type { HttpOptions } from '../options.ts';

const keepAliveMs = 10_000;

/**
 * Server-sent events: `accept` or `refuse` at once, then `answer`. A stream that ends without `answer` has
 * failed: the handoff goes on, and is asked for by its txn. A client that goes away stops nothing.
 */
export async function streamAnswer(
  { bridge }: HttpOptions,
  request: Request,
  response: Response,
  { key, offerSha256, done }: { readonly key: HandoffKey; readonly offerSha256: string; readonly done: Promise<void> },
): Promise<void> {
  response.status(200).set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.flushHeaders();
  const send = (event: string, data: unknown): void => {
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const over = new AbortController();
  request.on('close', () => {
    over.abort();
  });
  void keepAlive();
  try {
    const first = await answerOffer(bridge, key, offerSha256);
    if (first?.status === 'accepted') send('accept', first);
    await done;
    send('answer', await answerOffer(bridge, key, offerSha256));
  } catch (error) {
    bridge.watch.failed('http.stream', error);
  }
  over.abort();
  response.end();

  async function keepAlive(): Promise<void> {
    while (!over.signal.aborted) {
      await bridge.clock.sleep(keepAliveMs, over.signal);
      if (!response.writableEnded) response.write(': still there\n\n');
    }
  }
}
