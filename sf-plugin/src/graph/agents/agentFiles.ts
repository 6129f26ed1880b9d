import type { Place } from '@agent-readiness/protocol';
import { definedTwice } from '../../extract/project/definedTwice.ts';
import type { MetadataKind } from '../../extract/project/metadataKinds.ts';
import type { SourceFile, SourceIndex } from '../../extract/project/sourceIndex.ts';
import type { SourceReader } from '../../extract/project/sourceReader.ts';
import { UnreadableError } from '../../extract/unreadable.ts';

type Parse<T> = (file: string, text: string) => T;

export interface UnreadableFile {
  readonly place: Place;
  readonly reason: string;
}

/** The files that agents are made of: each is read once, and what was read and what failed is known. */
export class AgentFiles {
  readonly index: SourceIndex;
  readonly #reader: SourceReader;
  readonly #results = new Map<string, unknown>();
  readonly #parsed = new Set<string>();
  readonly #failed = new Map<string, UnreadableFile>();

  constructor(index: SourceIndex, reader: SourceReader) {
    this.index = index;
    this.#reader = reader;
  }

  /** Paths of the files that were understood, sorted. */
  get parsed(): string[] {
    return [...this.#parsed].sort();
  }

  get failed(): UnreadableFile[] {
    return [...this.#failed.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, failure]) => failure);
  }

  /** What a file says; `undefined` where there is no such file, or where it is among the `failed`. */
  read<T>(path: string, parse: Parse<T>): T | undefined {
    return this.once(path, () => {
      const text = this.#reader.read(path);
      if (text === undefined) return undefined;
      const result = parse(path, text);
      this.#parsed.add(path);
      return result;
    });
  }

  /**
   * The result of reading a part of a file; `undefined` where it cannot be read.
   *
   * @param key each key has one kind of result
   */
  once<T>(key: string, read: () => T | undefined): T | undefined {
    if (!this.#results.has(key)) this.#results.set(key, this.#attempt(key, read));
    return this.#results.get(key) as T | undefined;
  }

  /** The first file of a kind with an API name; package directories come in the order of the project file. */
  find(kind: MetadataKind, name: string): SourceFile | undefined {
    return this.index.named(kind, name)[0];
  }

  /** The file that defines something, as `find` gives it; other files of its name are among the `failed`. */
  definition(kind: MetadataKind, name: string): SourceFile | undefined {
    const [first, ...others] = this.index.named(kind, name);
    if (!first) return undefined;
    for (const { path } of others) {
      const place = { file: path, line: 1, column: 1 };
      this.#failed.set(`${path}#duplicate`, { place, reason: definedTwice(name, first.path) });
    }
    return first;
  }

  #attempt<T>(key: string, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      this.#failed.set(key, { place: error.place, reason: error.message });
      return undefined;
    }
  }
}

/** The folder of a path; empty for a file at the root of the project. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The last segment of a path. */
export function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
