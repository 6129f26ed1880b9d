import type { XmlValue } from '../xml.ts';
import { componentOf } from './metadataTypes.ts';

/** What `checkDeployStatus` or `checkRetrieveStatus` answers. */
export type JobResult = Readonly<Record<string, XmlValue>>;

/** What was deployed, and the answers of finished jobs. */
export class MetadataStore {
  readonly #files = new Map<string, Uint8Array>();
  /** By job id. A job is finished when it gets its id. */
  readonly jobs = new Map<string, JobResult>();

  /** Adds the files of a package, without its manifest. Replaces every file of a component it brings. */
  save(files: Readonly<Record<string, Uint8Array>>): void {
    const brought = new Set(Object.keys(files).map(componentKey));
    for (const path of this.#files.keys()) {
      if (brought.has(componentKey(path))) this.#files.delete(path);
    }
    for (const [path, content] of Object.entries(files)) this.#files.set(path, content);
  }

  has(xmlName: string, fullName: string): boolean {
    return [...this.#files.keys()].some((path) => componentKey(path) === `${xmlName} ${fullName}`);
  }

  /** Sorted by path. */
  get files(): readonly (readonly [string, Uint8Array])[] {
    return [...this.#files].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

function componentKey(path: string): string {
  const component = componentOf(path);
  return component ? `${component.type.xmlName} ${component.fullName}` : path;
}
