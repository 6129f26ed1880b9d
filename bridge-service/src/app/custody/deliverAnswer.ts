import type { HandoffKey } from '../../ports/outbox.ts';
import type { Bridge } from '../bridge.ts';
import { ErasedError } from '../content.ts';
import { answerOffer } from './answer.ts';

/** Tells the org the answer; of what was erased there is nothing left to tell. Rejects to be tried again. */
export async function deliverAnswer(bridge: Bridge, key: HandoffKey): Promise<void> {
  try {
    const answer = await answerOffer(bridge, key);
    if (answer !== undefined) await bridge.callback.deliver(key.org, answer);
  } catch (error) {
    if (!(error instanceof ErasedError)) throw error;
  }
}
