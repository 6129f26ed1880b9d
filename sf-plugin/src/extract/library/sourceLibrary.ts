import type { ApexParser } from '../apex/parser.ts';
import type { CoverageLog } from '../coverage.ts';
import type { FlowFacts } from '../flow/flowFacts.ts';
import { parseFlow } from '../flow/parseFlow.ts';
import { parseAgentTest, type AgentTestFacts } from '../metadata/agentTest.ts';
import { parseNamedCredential, type NamedCredentialFacts } from '../metadata/credential.ts';
import { parseExternalService, type ExternalServiceFacts } from '../metadata/externalService.ts';
import { parseMcpServer, type McpServerFacts } from '../metadata/mcpServer.ts';
import { parsePromptTemplate, type PromptTemplateFacts } from '../metadata/promptTemplate.ts';
import { parseQuickAction, type QuickActionFacts } from '../metadata/quickAction.ts';
import { parseWorkflow, type WorkflowFacts } from '../metadata/workflow.ts';
import type { MetadataKind } from '../project/metadataKinds.ts';
import type { Project } from '../project/openProject.ts';
import type { TextCache } from '../project/textCache.ts';
import { UnreadableError } from '../unreadable.ts';
import { ApexLibrary } from './apexLibrary.ts';
import { FieldLibrary } from './fieldLibrary.ts';
import { memoizeByName, once } from './memoize.ts';

type Parser<T> = (file: string, text: string) => T;

/**
 * The project's metadata by name, read when somebody asks and only once. A name without a readable
 * file gives `undefined`; a file that cannot be read is in the coverage log.
 */
export class SourceLibrary {
  /** The flow of that API name or, where the project overrides a managed flow of that name, the override. */
  readonly flow: (name: string) => FlowFacts | undefined;
  /** The flows that start by themselves: on a record, an event or a schedule; processes among them. */
  readonly triggeredFlows: () => readonly FlowFacts[];
  readonly promptTemplate: (name: string) => PromptTemplateFacts | undefined;
  readonly externalService: (name: string) => ExternalServiceFacts | undefined;
  readonly namedCredential: (name: string) => NamedCredentialFacts | undefined;
  readonly quickAction: (name: string) => QuickActionFacts | undefined;
  readonly mcpServers: () => readonly McpServerFacts[];
  /** By object. */
  readonly workflow: (object: string) => WorkflowFacts | undefined;
  readonly agentTests: () => readonly AgentTestFacts[];
  readonly apex: ApexLibrary;
  readonly fields: FieldLibrary;
  readonly #project: Project;

  constructor(project: Project, coverage: CoverageLog, parser: ApexParser, cache?: TextCache) {
    this.#project = project;
    const { index, reader } = project;
    const read = <T>(path: string, parse: Parser<T>): T | undefined =>
      coverage.attempt(path, () => parse(path, reader.read(path) ?? ''));
    const byName = <T>(kind: MetadataKind, parse: Parser<T>): ((name: string) => T | undefined) =>
      memoizeByName((name) => {
        const [file] = index.named(kind, name);
        return file && read(file.path, parse);
      });
    const flowFile = byName('flow', parseFlow);
    // Few flows override another or start by themselves: only files that say so are parsed.
    const overrides = once(
      () =>
        new Map(
          this.#flowsMentioning(/\boverriddenFlow\b/).map((name) => [
            flowFile(name)?.overriddenFlow?.toLowerCase(),
            name,
          ]),
        ),
    );
    this.flow = (name) => flowFile(overrides().get(name.toLowerCase()) ?? name);
    this.triggeredFlows = once(() =>
      this.#flowsMentioning(/\btriggerType\b|\b(?:Workflow|CustomEvent)\b/).flatMap((name) => flowFile(name) ?? []),
    );
    this.promptTemplate = byName('promptTemplate', parsePromptTemplate);
    this.externalService = byName('externalService', parseExternalService);
    this.namedCredential = byName('namedCredential', parseNamedCredential);
    this.quickAction = byName('quickAction', parseQuickAction);
    this.mcpServers = once(() => index.all('mcpServer').flatMap(({ path }) => read(path, parseMcpServer) ?? []));
    this.workflow = byName('workflow', parseWorkflow);
    this.agentTests = once(() => index.all('agentTest').flatMap(({ path }) => read(path, parseAgentTest) ?? []));
    this.apex = new ApexLibrary(project, coverage, parser, cache);
    this.fields = new FieldLibrary(project, coverage);
  }

  /** Names of the flows whose text holds a word. A file that cannot be read is left to whoever needs it. */
  #flowsMentioning(word: RegExp): string[] {
    const { index, reader } = this.#project;
    return index.all('flow').flatMap(({ name, path }) => {
      try {
        return word.test(reader.read(path) ?? '') ? name : [];
      } catch (error) {
        if (error instanceof UnreadableError) return [];
        throw error;
      }
    });
  }
}
