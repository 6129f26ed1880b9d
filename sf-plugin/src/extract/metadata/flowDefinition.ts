import type { Place } from '@agent-readiness/protocol';
import { child } from '../xml/xml.ts';
import { parseRoot } from './metadataFile.ts';

/**
 * Which version of a flow is active, 0 for none; `undefined` where the definition does not say.
 *
 * @throws UnreadableError when the file is not the definition of a flow
 */
export function parseFlowDefinition(file: string, text: string): { number: number; place: Place } | undefined {
  const active = child(parseRoot(file, text, 'FlowDefinition'), 'activeVersionNumber');
  const number = Number(active?.text);
  return active && Number.isInteger(number) ? { number, place: active.place } : undefined;
}
