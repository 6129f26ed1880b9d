import type { CoverageLog } from '../coverage.ts';
import type { FlowFacts } from '../flow/flowFacts.ts';
import { parseFlow } from '../flow/parseFlow.ts';
import { parseFlowDefinition } from '../metadata/flowDefinition.ts';
import { definedTwice } from '../project/definedTwice.ts';
import type { Project } from '../project/openProject.ts';
import type { SourceFile } from '../project/sourceIndex.ts';
import { UnreadableError } from '../unreadable.ts';
import { definition } from './definition.ts';
import { memoizeByName, once } from './memoize.ts';

/** `Close_Case-3`: before API version 44 each version of a flow was a file. */
const versionedName = /^(.+)-(\d+)$/;

/** Says in plain words which type of process the flow is, so that its text can be searched for words. */
const saysItsType = /<processType\s*>\s*\w+\s*<\/processType\s*>/;
/** As a comment, a character reference or a prefix would make it. */
const saysItOtherwise = /(?<!\/)processType(?!\s*>\s*\w+\s*<\/processType\s*>)/;

/** The flows of the project, read when somebody asks. */
export class FlowLibrary {
  readonly #project: Project;
  readonly #coverage: CoverageLog;
  /** The flow of that API name or, where the project overrides a managed flow of that name, the override. */
  readonly flow: (name: string) => FlowFacts | undefined;
  /** The flows that start by themselves: on a record, an event or a schedule; processes among them. */
  readonly triggered: () => readonly FlowFacts[];
  /** Lower-case name → the files of its versions, the highest first; for flows that have no file of their name. */
  readonly #versions: () => ReadonlyMap<string, readonly SourceFile[]>;

  constructor(project: Project, coverage: CoverageLog) {
    this.#project = project;
    this.#coverage = coverage;
    const byName = memoizeByName((name) => this.#read(name));
    // Few flows override another or start by themselves: only files that say so are parsed.
    const overrides = once(
      () =>
        new Map(
          this.#namesMentioning(/\boverriddenFlow\b/).map((name) => [
            byName(name)?.overriddenFlow?.toLowerCase(),
            name,
          ]),
        ),
    );
    this.flow = (name) => byName(overrides().get(name.toLowerCase()) ?? name);
    this.triggered = once(() =>
      this.#namesMentioning(/\btriggerType\b|\b(?:Workflow|CustomEvent)\b/).flatMap((name) => byName(name) ?? []),
    );
    this.#versions = once(() => versionsOf(project.index.all('flow')));
  }

  #read(name: string): FlowFacts | undefined {
    const { index, reader } = this.#project;
    const active = this.#activeVersion(name);
    const versions = this.#versions().get(name.toLowerCase()) ?? [];
    const named = definition(index, this.#coverage, 'flow', name);
    if (named) {
      for (const { path } of versions) {
        this.#coverage.failed({ file: path, line: 1, column: 1 }, definedTwice(name, named.path));
      }
    }
    const file = named ?? versions.find((each) => numberOf(each) === active?.number) ?? versions[0];
    const facts = file && this.#coverage.attempt(file.path, () => parseFlow(file.path, reader.read(file.path) ?? ''));
    if (!facts || !active || active.number === 0) return facts;
    if (named ? facts.status === 'Active' : numberOf(file) === active.number) return facts;
    // What runs is not in the project. What is there is the best guess, and it does run.
    this.#coverage.failed(active.place, `version ${active.number} of ${name} is active, and ${file.path} is another`);
    return { ...facts, status: 'Active' };
  }

  #activeVersion(name: string): ReturnType<typeof parseFlowDefinition> {
    const { index, reader } = this.#project;
    const file = definition(index, this.#coverage, 'flowDefinition', name);
    return (
      file && this.#coverage.attempt(file.path, () => parseFlowDefinition(file.path, reader.read(file.path) ?? ''))
    );
  }

  /** Names of the flows whose text holds a word, and of those whose text cannot be searched: reading them says why. */
  #namesMentioning(word: RegExp): string[] {
    const { index, reader } = this.#project;
    const mentions = (path: string): boolean => {
      try {
        const text = reader.read(path) ?? '';
        return word.test(text) || !saysItsType.test(text) || saysItOtherwise.test(text);
      } catch (error) {
        if (error instanceof UnreadableError) return true;
        throw error;
      }
    };
    const names = index
      .all('flow')
      .flatMap(({ name, path }) => (mentions(path) ? [versionedName.exec(name)?.[1] ?? name] : []));
    return [...new Set(names)];
  }
}

function versionsOf(files: readonly SourceFile[]): ReadonlyMap<string, readonly SourceFile[]> {
  const versions = new Map<string, SourceFile[]>();
  for (const file of files) {
    const base = versionedName.exec(file.name)?.[1]?.toLowerCase();
    if (base !== undefined) versions.set(base, [...(versions.get(base) ?? []), file]);
  }
  for (const list of versions.values()) list.sort((a, b) => numberOf(b) - numberOf(a));
  return versions;
}

/** 0 for a file that is not a version. */
function numberOf({ name }: SourceFile): number {
  return Number(versionedName.exec(name)?.[2] ?? 0);
}
