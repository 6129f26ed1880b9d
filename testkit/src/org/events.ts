import type { ObjectType, StoredRecord } from './schema/objectType.ts';

/** A platform event as a subscriber gets it. */
export interface PublishedEvent {
  /** `Handoff_Event__e`. */
  readonly object: string;
  readonly payload: StoredRecord;
}

export type EventSubscriber = (event: PublishedEvent) => void;

/** Published platform events, oldest first, and who hears of them. */
export class EventBus {
  readonly #published: PublishedEvent[] = [];
  readonly #subscribers = new Map<string, EventSubscriber[]>();
  #pending: PublishedEvent[] = [];
  #count = 0;

  get published(): readonly PublishedEvent[] {
    return this.#published;
  }

  /** @returns what ends the subscription */
  subscribe(object: string, subscriber: EventSubscriber): () => void {
    this.#subscribers.set(object, [...(this.#subscribers.get(object) ?? []), subscriber]);
    return () => {
      const others = (this.#subscribers.get(object) ?? []).filter((each) => each !== subscriber);
      this.#subscribers.set(object, others);
    };
  }

  /** The number that orders events: unique, rising, also for events that are rolled back. */
  nextReplayId(): number {
    this.#count += 1;
    return this.#count;
  }

  /** At once, or with the end of the request: as the event is defined. */
  publish(type: ObjectType, payload: StoredRecord): void {
    const event = { object: type.name, payload };
    if (type.publishBehavior === 'PublishImmediately') this.#deliver(event);
    else this.#pending.push(event);
  }

  get pendingCount(): number {
    return this.#pending.length;
  }

  /** Forgets the newest events that wait for a commit, until `count` of them are left. */
  rollbackTo(count: number): void {
    this.#pending.length = Math.min(this.#pending.length, count);
  }

  commit(): void {
    const pending = this.#pending;
    this.#pending = [];
    for (const event of pending) this.#deliver(event);
  }

  #deliver(event: PublishedEvent): void {
    this.#published.push(event);
    for (const subscriber of this.#subscribers.get(event.object) ?? []) subscriber(event);
  }
}
