import { comment } from '../apex/comments.ts';
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
import { UnreadableError } from '../unreadable.ts';
import { definition } from './definition.ts';
import { isSameName, memoizeByName, once } from './memoize.ts';

/**
 * Assumed where neither the file nor the project says: the last version whose defaults are those of
 * system mode, so that nothing is taken to be safer than it is.
 */
const fallbackApiVersion = 66;

/** What an org gives for the text of a class or a trigger of a managed package. */
const hidden = '(hidden)';

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
      const file = definition(index, coverage, 'apexClass', name);
      return file && this.#summarize(file);
    });
    const triggerInFile = memoizeByName((name) => {
      const file = definition(index, coverage, 'apexTrigger', name);
      return file && this.#summarize(file);
    });
    this.triggers = once(() =>
      index
        .all('apexTrigger')
        .filter((file) => this.#metaOf(file)?.status !== 'Inactive')
        .flatMap(({ name }) => triggerInFile(name) ?? [])
        .filter((trigger, position, all) => all.indexOf(trigger) === position),
    );
    // A trigger goes by the name it declares, whatever its file is called.
    this.triggerNamed = memoizeByName(
      (name) => this.triggers().find(({ trigger }) => trigger && isSameName(trigger.name, name)) ?? triggerInFile(name),
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
      if (text.trim() === hidden) {
        throw new UnreadableError(
          { file: file.path, line: 1, column: 1 },
          'code of a package, which the org does not show',
        );
      }
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
      for (const word of superTypesIn(this.#coverage.look(() => this.#project.reader.read(path)) ?? '')) {
        const known = heirs.get(word);
        if (known) known.add(name);
        else heirs.set(word, new Set([name]));
      }
    }
    return heirs;
  }
}

const clause = /\b(?:extends|implements)\b/gi;
const commentOrBody = new RegExp(`${comment.source}|\\{`, 'g');

/**
 * In lower case, every word after `extends` or `implements` and before the body. Words of comments are among them:
 * what looks like one from the middle of another may hold the rest of the header.
 */
function superTypesIn(text: string): ReadonlySet<string> {
  const words = new Set<string>();
  const next = new RegExp(clause);
  for (let found = next.exec(text); found; found = next.exec(text)) {
    const end = startOfBody(text, next.lastIndex);
    for (const [word] of text.slice(next.lastIndex, end).matchAll(/\w+/g)) words.add(word.toLowerCase());
    // Each part of the text is read once.
    next.lastIndex = end;
  }
  return words;
}

function startOfBody(text: string, from: number): number {
  const next = new RegExp(commentOrBody);
  next.lastIndex = from;
  for (let found = next.exec(text); found; found = next.exec(text)) if (found[0] === '{') return found.index;
  return text.length;
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
