import type { EffectDiff } from '@agent-readiness/protocol';
import { diffMarkdown } from './diffMarkdown.ts';

/** Formats of a difference by the extension of the file that is asked for. */
export const diffFormats: ReadonlyMap<string, (diff: EffectDiff) => string> = new Map([
  ['.json', (diff: EffectDiff) => `${JSON.stringify(diff, null, 2)}\n`],
  ['.md', diffMarkdown],
]);
