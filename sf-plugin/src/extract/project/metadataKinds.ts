/**
 * The metadata kinds that the analysis reads, by file name. Each has the suffixes that its main
 * file carries, with and without `-meta.xml`; the API name is what stands before the suffix.
 */
export const metadataKinds = {
  bot: ['.bot'],
  botVersion: ['.botVersion'],
  planner: ['.genAiPlanner'],
  plannerBundle: ['.genAiPlannerBundle'],
  topic: ['.genAiPlugin'],
  agentFunction: ['.genAiFunction'],
  agentScript: ['.agent'],
  authoringBundle: ['.bundle'],
  agentDefinition: ['.aiAgentDefinition'],
  agentDefinitionVersion: ['.aiAgentDefinitionVersion'],
  agentGraph: ['_graph.json'],
  agentSurface: ['.aiSurface'],
  responseFormat: ['.aiResponseFormat'],
  promptTemplate: ['.genAiPromptTemplate'],
  agentTest: ['.aiEvaluationDefinition', '.aiTestingDefinition', '-testSpec.yaml', '-testSpec.yml'],
  mcpServer: ['.mcpServerDefinition'],
  externalService: ['.externalServiceRegistration'],
  namedCredential: ['.namedCredential'],
  quickAction: ['.quickAction'],
  flow: ['.flow'],
  flowDefinition: ['.flowDefinition'],
  apexClass: ['.cls'],
  apexTrigger: ['.trigger'],
  object: ['.object'],
  field: ['.field'],
  workflow: ['.workflow'],
  customMetadata: ['.md'],
} as const satisfies Record<string, readonly string[]>;

export type MetadataKind = keyof typeof metadataKinds;

/** Kinds whose `-meta.xml` is a companion of a source file, not the file itself. */
const sourceKinds: ReadonlySet<MetadataKind> = new Set(['apexClass', 'apexTrigger', 'agentScript']);

/** The kind and API name of a file, from its name alone. */
export function classify(fileName: string): { kind: MetadataKind; name: string } | undefined {
  const companion = fileName.endsWith('-meta.xml');
  const bare = companion ? fileName.slice(0, -'-meta.xml'.length) : fileName;
  for (const kind of Object.keys(metadataKinds) as MetadataKind[]) {
    if (companion && sourceKinds.has(kind)) continue;
    for (const suffix of metadataKinds[kind]) {
      if (bare.length > suffix.length && bare.endsWith(suffix)) return { kind, name: bare.slice(0, -suffix.length) };
    }
  }
  return undefined;
}
