import type { ProgressSink } from './check.ts';

/** Nobody watches. */
export const silent: ProgressSink = { start: () => undefined, update: () => undefined, stop: () => undefined };
