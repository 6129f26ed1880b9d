import { SalesforceError } from '../errors.ts';

/** Records that somebody else holds: a write to them fails until they are released. */
export class RecordLocks {
  readonly #held = new Map<string, number>();

  /** Takes a lock as another transaction would; the answer releases it. */
  hold(id: string): () => void {
    this.#held.set(id, (this.#held.get(id) ?? 0) + 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      const count = this.#held.get(id) ?? 1;
      if (count > 1) this.#held.set(id, count - 1);
      else this.#held.delete(id);
    };
  }

  /** @throws SalesforceError `UNABLE_TO_LOCK_ROW` */
  check(id: string): void {
    if (!this.#held.has(id)) return;
    const message = `unable to obtain exclusive access to this record or 1 records: ${id}`;
    throw new SalesforceError('UNABLE_TO_LOCK_ROW', message, []);
  }
}
