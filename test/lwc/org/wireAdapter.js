/** A wire adapter that answers what a test says, when it says so. */
export function wireAdapter() {
  return class Adapter {
    static live = new Set();
    /** Parameters of the newest request. */
    static config;

    static emit(answer) {
      for (const adapter of this.live) adapter.answer({ data: undefined, error: undefined, ...answer });
    }

    constructor(answer) {
      this.answer = answer;
      answer({ data: undefined, error: undefined });
    }

    connect() {
      Adapter.live.add(this);
    }

    update(config) {
      Adapter.config = config;
    }

    disconnect() {
      Adapter.live.delete(this);
    }
  };
}
