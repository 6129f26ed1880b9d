import type { ApexParser } from '../apex/parser.ts';
import type { CoverageLog } from '../coverage.ts';
import type { FlowFacts } from '../flow/flowFacts.ts';
import { parseAgentTest, type AgentTestFacts } from '../metadata/agentTest.ts';
import { handoffTaskPrefix, parseHandoffTask, type HandoffTaskFacts } from '../metadata/handoffTask.ts';
import { parseNamedCredential, type NamedCredentialFacts } from '../metadata/namedCredential.ts';
import { parseExternalService, type ExternalServiceFacts } from '../metadata/externalService.ts';
import { parseMcpServer, type McpServerFacts } from '../metadata/mcpServer.ts';
import { parsePromptTemplate, type PromptTemplateFacts } from '../metadata/promptTemplate.ts';
import { parseQuickAction, type QuickActionFacts } from '../metadata/quickAction.ts';
import { parseWorkflow, type WorkflowFacts } from '../metadata/workflow.ts';
import type { MetadataKind } from '../project/metadataKinds.ts';
import type { Project } from '../project/openProject.ts';
import type { SourceIndex } from '../project/sourceIndex.ts';
import type { TextCache } from '../project/textCache.ts';
import { ApexLibrary } from './apexLibrary.ts';
import { definition } from './definition.ts';
import { FieldLibrary } from './fieldLibrary.ts';
import { FlowLibrary } from './flowLibrary.ts';
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
  readonly handoffTask: (name: string) => HandoffTaskFacts | undefined;
  /** Names, readable or not. */
  readonly handoffTasks: () => readonly string[];
  readonly quickAction: (name: string) => QuickActionFacts | undefined;
  readonly mcpServers: () => readonly McpServerFacts[];
  /** By object. */
  readonly workflow: (object: string) => WorkflowFacts | undefined;
  readonly agentTests: () => readonly AgentTestFacts[];
  readonly apex: ApexLibrary;
  readonly fields: FieldLibrary;

  constructor(project: Project, coverage: CoverageLog, parser: ApexParser, cache?: TextCache) {
    const { index, reader } = project;
    const read = <T>(path: string, parse: Parser<T>): T | undefined =>
      coverage.attempt(path, () => parse(path, reader.read(path) ?? ''));
    const byName = <T>(kind: MetadataKind, parse: Parser<T>): ((name: string) => T | undefined) =>
      memoizeByName((name) => {
        const file = definition(index, coverage, kind, name);
        return file && read(file.path, parse);
      });
    const flows = new FlowLibrary(project, coverage);
    this.flow = flows.flow;
    this.triggeredFlows = flows.triggered;
    this.promptTemplate = byName('promptTemplate', parsePromptTemplate);
    this.externalService = byName('externalService', parseExternalService);
    this.namedCredential = byName('namedCredential', parseNamedCredential);
    const handoffTask = byName('customMetadata', parseHandoffTask);
    this.handoffTask = (name) => handoffTask(`${handoffTaskPrefix}${name}`);
    this.handoffTasks = once(() => handoffTaskNames(index));
    this.quickAction = byName('quickAction', parseQuickAction);
    this.mcpServers = once(() => index.all('mcpServer').flatMap(({ path }) => read(path, parseMcpServer) ?? []));
    // Each package directory may hold some of the rules of an object.
    this.workflow = memoizeByName((object) => {
      const parts = index.named('workflow', object).flatMap(({ path }) => read(path, parseWorkflow) ?? []);
      return parts.length === 0 ? undefined : { object, rules: parts.flatMap(({ rules }) => rules) };
    });
    this.agentTests = once(() => index.all('agentTest').flatMap(({ path }) => read(path, parseAgentTest) ?? []));
    this.apex = new ApexLibrary(project, coverage, parser, cache);
    this.fields = new FieldLibrary(project, coverage);
  }
}

function handoffTaskNames(index: SourceIndex): readonly string[] {
  const prefix = handoffTaskPrefix.toLowerCase();
  const records = index.all('customMetadata').filter(({ name }) => name.toLowerCase().startsWith(prefix));
  return [...new Set(records.map(({ name }) => name.slice(prefix.length)))];
}
