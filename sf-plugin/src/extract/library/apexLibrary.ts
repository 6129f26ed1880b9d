import type { ApexParser } from '../apex/parser.ts';
import { placeAt } from '../apex/position.ts';
import { summarizeApex } from '../apex/summarizeApex.ts';
import type { ApexSummary, ApexType } from '../apex/summary.ts';
import { cachedSummary } from '../apex/summaryCache.ts';
import type { CoverageLog } from '../coverage.ts';
import { parseApexMeta } from '../metadata/apexMeta.ts';
import type { Project } from '../project/openProject.ts';
import type { SourceFile } from '../project/sourceIndex.ts';
import type { TextCache } from '../project/textCache.ts';
import { isSameName, memoizeByName, once } from './memoize.ts';

/**
 * Assumed where neither the file nor the project says: the last version whose defaults are those of
 * system mode, so that nothing is taken to be safer than it is.
 */
const fallbackApiVersion = 66;

/** The names after `extends` and `implements`, with everything up to the body. */
const typeHeader = /\b(?:class|interface)\s+\w+([^{;]*)\{/gi;

/** The Apex of the project, summarised when somebody asks for it. */
export class ApexLibrary {
  readonly #project: Project;
  readonly #coverage: CoverageLog;
  readonly #parser: ApexParser;
  readonly #cache: TextCache | undefined;
  /** The summary of the file of a top-level class; `undefined` where the project has none. */
  readonly classNamed: (name: string) => ApexSummary | undefined;
  readonly triggerNamed: (name: string) => ApexSummary | undefined;
  /** Every active trigger. */
  readonly triggers: () => readonly ApexSummary[];
  /** Lower-case last name of a type → names of the classes whose files mention it as a super type. */
  readonly #heirs: () => ReadonlyMap<string, ReadonlySet<string>>;

  constructor(project: Project, coverage: CoverageLog, parser: ApexParser, cache?: TextCache) {
    this.#project = project;
    this.#coverage = coverage;
    this.#parser = parser;
    this.#cache = cache;
    const { index } = project;
    this.classNamed = memoizeByName((name) => {
      const [file] = index.named('apexClass', name);
      return file && this.#summarize(file);
    });
    this.triggerNamed = memoizeByName((name) => {
      const [file] = index.named('apexTrigger', name);
      return file && this.#summarize(file);
    });
    this.triggers = once(() =>
      index
        .all('apexTrigger')
        .filter((file) => this.#metaOf(file)?.status !== 'Inactive')
        .flatMap(({ name }) => this.triggerNamed(name) ?? []),
    );
    this.#heirs = once(() => this.#scanHeaders());
  }

  /** Names (`Outer` or `Outer.Inner`) of the types that extend or implement one directly, sorted. */
  subtypesOf(name: string): readonly string[] {
    const candidates = this.#heirs().get(lastName(name)) ?? new Set();
    return [...candidates]
      .flatMap((candidate) => {
        const type = this.classNamed(candidate)?.type;
        return type ? withInner(type) : [];
      })
      .filter(({ superType, interfaces }) =>
        [superType ?? '', ...interfaces].some((each) => isSameName(lastName(each), lastName(name))),
      )
      .map((type) => type.name)
      .sort();
  }

  #summarize(file: SourceFile): ApexSummary | undefined {
    const { reader, sourceApiVersion } = this.#project;
    const version = this.#metaOf(file)?.apiVersion ?? (Number(sourceApiVersion) || fallbackApiVersion);
    const unit = this.#coverage.attempt(file.path, () => {
      const text = reader.read(file.path) ?? '';
      return cachedSummary(this.#cache, text, () => summarizeApex(this.#parser, file.path, text));
    });
    if (!unit) return undefined;
    for (const at of unit.syntaxErrors) {
      this.#coverage.failed(placeAt(file.path, at), 'Apex that the parser does not understand');
    }
    return { ...unit, file: file.path, apiVersion: version };
  }

  #metaOf({ path }: SourceFile): ReturnType<typeof parseApexMeta> | undefined {
    const companion = `${path}-meta.xml`;
    return this.#coverage.attempt(companion, () => {
      const text = this.#project.reader.read(companion);
      return text === undefined ? undefined : parseApexMeta(companion, text);
    });
  }

  /**
   * Which classes may extend or implement a name. Read off the text without parsing it: a mention too
   * many costs a parse, and the summary decides.
   */
  #scanHeaders(): ReadonlyMap<string, ReadonlySet<string>> {
    const heirs = new Map<string, Set<string>>();
    for (const { name, path } of this.#project.index.all('apexClass')) {
      const text = this.#coverage.attempt(path, () => this.#project.reader.read(path)) ?? '';
      for (const [, header = ''] of text.matchAll(typeHeader)) {
        for (const [word] of header.matchAll(/\w+/g)) {
          const known = heirs.get(word.toLowerCase());
          if (known) known.add(name);
          else heirs.set(word.toLowerCase(), new Set([name]));
        }
      }
    }
    return heirs;
  }
}

function withInner(type: ApexType): ApexType[] {
  return [type, ...type.inner.flatMap(withInner)];
}

/** `inner` of `Outer.Inner<T>`. */
function lastName(name: string): string {
  const bare = name.split('<', 1)[0] ?? name;
  return bare
    .slice(bare.lastIndexOf('.') + 1)
    .trim()
    .toLowerCase();
}
