import type { MetadataKind } from './metadataKinds.ts';

/** One metadata file of the project. `path` is relative to the project root, with forward slashes. */
export interface SourceFile {
  readonly kind: MetadataKind;
  readonly name: string;
  readonly path: string;
}

/**
 * Which files the project has, by kind and API name; nothing is read yet. Names are compared as the
 * platform compares them, without regard to case. The order is the order of the package
 * directories, then of the paths, and does not depend on the file system.
 */
export class SourceIndex {
  readonly #byKind = new Map<MetadataKind, SourceFile[]>();
  readonly #byName = new Map<string, SourceFile[]>();

  constructor(files: Iterable<SourceFile>) {
    for (const file of files) {
      push(this.#byKind, file.kind, file);
      push(this.#byName, key(file.kind, file.name), file);
    }
  }

  all(kind: MetadataKind): readonly SourceFile[] {
    return this.#byKind.get(kind) ?? [];
  }

  everything(): readonly SourceFile[] {
    return [...this.#byKind.values()].flat();
  }

  named(kind: MetadataKind, name: string): readonly SourceFile[] {
    return this.#byName.get(key(kind, name)) ?? [];
  }
}

function key(kind: MetadataKind, name: string): string {
  return `${kind}/${name.toLowerCase()}`;
}

function push<K, V>(map: Map<K, V[]>, at: K, value: V): void {
  const list = map.get(at);
  if (list) list.push(value);
  else map.set(at, [value]);
}
