import type { FailedFile, Place } from '@agent-readiness/protocol';
import { UnreadableError } from './unreadable.ts';

/** Keeps account of what was read and what could not be read. */
export class CoverageLog {
  readonly #parsed = new Set<string>();
  readonly #failed = new Map<string, FailedFile>();

  parsed(file: string): void {
    this.#parsed.add(file);
  }

  failed(place: Place, reason: string): void {
    const { file, line, column } = place;
    this.#failed.set(JSON.stringify([file, line, column, reason]), { file, line, column, reason });
  }

  /** Runs one reader; a file that it cannot understand is logged and answered with `undefined`. */
  attempt<T>(file: string, read: () => T): T | undefined {
    return this.look(() => {
      const result = read();
      this.parsed(file);
      return result;
    });
  }

  /** The same for a reader that only looks for something in a file, which is not thereby parsed. */
  look<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      this.failed(error.place, error.message);
      return undefined;
    }
  }

  get filesParsed(): number {
    return this.#parsed.size;
  }

  /** Sorted by file and line. */
  get filesFailed(): FailedFile[] {
    return [...this.#failed.values()].sort(
      (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
    );
  }
}
