/** The analysis cannot start: not a project, no agents, an unknown name, an unreadable folder. */
export class ConfigurationError extends Error {
  /** What the user can do next, one sentence each. */
  readonly actions: readonly string[];

  constructor(message: string, actions: readonly string[]) {
    super(message);
    this.name = 'ConfigurationError';
    this.actions = actions;
  }
}
