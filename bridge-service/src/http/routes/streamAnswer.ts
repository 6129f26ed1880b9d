import type { Response } from 'express';
import { answerOffer } from '../../app/custody/answer.ts';
import type { OnText } from '../../app/run/asking.ts';
import type { HandoffKey } from '../../ports/outbox.ts';
import type { HttpOptions } from '../options.ts';

const keepAliveMs = 10_000;
/** What a reader may leave unread, in bytes, before no more text is sent to it. */
const mostUnread = 65_536;

export interface Streamed {
  readonly key: HandoffKey;
  readonly offerSha256: string;
  /** Works on the handoff; resolves when it can go no further. */
  readonly work: (onText: OnText) => Promise<void>;
}

/**
 * Server-sent events: `accept` at once, `text` as it comes where the task streams, then `answer`, which alone
 * counts. A stream that ends without `answer` has failed: the handoff goes on, and is asked for by its txn. A
 * client that goes away stops nothing; one that does not keep up gets no more text, and the answer.
 */
export async function streamAnswer(
  { bridge }: Pick<HttpOptions, 'bridge'>,
  response: Response,
  { key, offerSha256, work }: Streamed,
): Promise<void> {
  response.status(200).set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.flushHeaders();
  const over = new AbortController();
  response.on('close', () => {
    over.abort();
  });
  const send = (event: string, data: unknown): void => {
    if (!over.signal.aborted) response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  let keepsUp = true;
  const onText: OnText = (piece) => {
    keepsUp &&= response.writableLength <= mostUnread;
    if (keepsUp) send('text', piece);
  };
  void keepAlive();
  try {
    const first = await answerOffer(bridge, key, offerSha256);
    if (first?.status === 'accepted') send('accept', first);
  } catch (error) {
    bridge.watch.failed('http.stream', error);
  }
  try {
    await work(onText);
    send('answer', await answerOffer(bridge, key, offerSha256));
  } catch (error) {
    bridge.watch.failed('http.stream', error);
  }
  over.abort();
  response.end();

  async function keepAlive(): Promise<void> {
    while (!over.signal.aborted) {
      await bridge.clock.sleep(keepAliveMs, over.signal);
      if (!response.writableEnded && !response.writableNeedDrain) response.write(': still there\n\n');
    }
  }
}
