/** What is stopped: everything, one agent (its API name) or one task type. */
export type KillScope = { readonly kind: 'global' } | { readonly kind: 'agent' | 'task'; readonly name: string };

export interface KillOrder {
  readonly scope: KillScope;
  readonly by: string;
  readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
}

/** Stops new model calls and side effects. Read from the store each time, so every replica sees it at once. */
export interface KillSwitch {
  engage(order: KillOrder): Promise<void>;
  release(scope: KillScope): Promise<void>;
  orders(): Promise<readonly KillOrder[]>;
  /** The order that stops this agent or this task, if any. */
  stops(agent: string, task: string): Promise<KillOrder | undefined>;
}
