import type { Message } from '@agent-readiness/protocol/handoff';
import { answerOffer } from '../../src/app/custody/answer.ts';
import { receiveOffer, type Received } from '../../src/app/custody/receiveOffer.ts';
import { goOn } from '../../src/app/run/runHandoff.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { must } from './must.ts';
import type { TestBridge } from './testBridge.ts';

/** Outputs that fit the tasks. */
export const refund = { decision: 'refund', amount: 59.9, reason: 'Damaged on arrival', confidence: 0.95, quotes: [] };
export const summary = { summary: 'Asks for the delivery date.', nextStep: 'Call.', quotes: [] };

/** Of a process that does not end. */
export const drain: AbortSignal = new AbortController().signal;

/** From the offer to the answer, as the synchronous route does it. */
export async function handOff(
  bridge: TestBridge,
  message: Message,
): Promise<{ readonly received: Received; readonly answer: Answer | undefined }> {
  const received = await beginHandoff(bridge, message);
  if (!('key' in received)) return { received, answer: undefined };
  return { received, answer: await answerOffer(bridge, received.key, received.offerSha256) };
}

/** Takes an offer and goes on with it as far as it can go, as the synchronous route does it. */
export async function beginHandoff(bridge: TestBridge, message: Message): Promise<Received> {
  const received = await receiveOffer(bridge, message, 'begin');
  if (received.kind === 'taken') await goOn(must(received.run), { drain });
  return received;
}

/** What the log says about a handoff. */
export function eventsOf({ store }: TestBridge, txn: string): Promise<readonly string[]> {
  return store.transaction(async ({ audit }) => (await audit.entriesOf(txn)).map(({ event }) => event.event));
}
