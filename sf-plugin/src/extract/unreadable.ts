import type { Place } from '@agent-readiness/protocol';

/** A file, or a part of one, that could not be understood. It ends in `coverage.filesFailed`. */
export class UnreadableError extends Error {
  readonly place: Place;

  constructor(place: Place, reason: string) {
    super(reason);
    this.name = 'UnreadableError';
    this.place = place;
  }
}
