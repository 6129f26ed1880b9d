export type ActionValues = Readonly<Record<string, unknown>>;

/** What an invocable method would return for these inputs, in their order. An exception fails all of them. */
export type ActionHandler = (
  inputs: readonly ActionValues[],
  userId: string,
) => readonly ActionValues[] | Promise<readonly ActionValues[]>;

/** Apex classes with `@InvocableMethod`, played by functions. */
export class InvocableActions {
  readonly #handlers = new Map<string, ActionHandler>();

  /** @param name of the Apex class */
  on(name: string, handler: ActionHandler): void {
    this.#handlers.set(name, handler);
  }

  find(name: string): ActionHandler | undefined {
    return this.#handlers.get(name);
  }
}
