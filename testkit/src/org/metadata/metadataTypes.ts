/** A kind of metadata that this org takes: where its files are in a package and how they are named. */
export interface MetadataType {
  readonly xmlName: string;
  readonly directoryName: string;
  /** Without dot. Bundles are folders and have none. */
  readonly suffix?: string;
  /** A second file beside the content holds the metadata. */
  readonly metaFile?: boolean;
  /** Parts that a manifest may name one by one, by the element that holds them. */
  readonly parts?: Readonly<Record<string, string>>;
}

/** Source: Metadata API Developer Guide, "Metadata Types". */
export const metadataTypes: readonly MetadataType[] = [
  { xmlName: 'AiAuthoringBundle', directoryName: 'aiAuthoringBundles' },
  { xmlName: 'ApexClass', directoryName: 'classes', suffix: 'cls', metaFile: true },
  { xmlName: 'ApexTrigger', directoryName: 'triggers', suffix: 'trigger', metaFile: true },
  { xmlName: 'ApprovalProcess', directoryName: 'approvalProcesses', suffix: 'approvalProcess' },
  {
    xmlName: 'Bot',
    directoryName: 'bots',
    suffix: 'bot',
    parts: { BotVersion: 'botVersions' },
  },
  { xmlName: 'Certificate', directoryName: 'certs', suffix: 'crt', metaFile: true },
  { xmlName: 'CustomApplication', directoryName: 'applications', suffix: 'app' },
  {
    xmlName: 'CustomLabels',
    directoryName: 'labels',
    suffix: 'labels',
    parts: { CustomLabel: 'labels' },
  },
  { xmlName: 'CustomMetadata', directoryName: 'customMetadata', suffix: 'md' },
  {
    xmlName: 'CustomObject',
    directoryName: 'objects',
    suffix: 'object',
    parts: {
      CompactLayout: 'compactLayouts',
      CustomField: 'fields',
      FieldSet: 'fieldSets',
      ListView: 'listViews',
      RecordType: 'recordTypes',
      ValidationRule: 'validationRules',
      WebLink: 'webLinks',
    },
  },
  { xmlName: 'CustomPermission', directoryName: 'customPermissions', suffix: 'customPermission' },
  { xmlName: 'CustomTab', directoryName: 'tabs', suffix: 'tab' },
  { xmlName: 'ExternalCredential', directoryName: 'externalCredentials', suffix: 'externalCredential' },
  { xmlName: 'FlexiPage', directoryName: 'flexipages', suffix: 'flexipage' },
  { xmlName: 'Flow', directoryName: 'flows', suffix: 'flow' },
  { xmlName: 'GenAiFunction', directoryName: 'genAiFunctions' },
  { xmlName: 'GenAiPlannerBundle', directoryName: 'genAiPlannerBundles' },
  { xmlName: 'GenAiPlugin', directoryName: 'genAiPlugins', suffix: 'genAiPlugin' },
  { xmlName: 'GenAiPromptTemplate', directoryName: 'genAiPromptTemplates', suffix: 'genAiPromptTemplate' },
  { xmlName: 'Layout', directoryName: 'layouts', suffix: 'layout' },
  { xmlName: 'LightningComponentBundle', directoryName: 'lwc' },
  { xmlName: 'NamedCredential', directoryName: 'namedCredentials', suffix: 'namedCredential' },
  { xmlName: 'PermissionSet', directoryName: 'permissionsets', suffix: 'permissionset' },
  { xmlName: 'Queue', directoryName: 'queues', suffix: 'queue' },
  { xmlName: 'RemoteSiteSetting', directoryName: 'remoteSiteSettings', suffix: 'remoteSite' },
];

/** The top-level component that a file of a package belongs to. */
export function componentOf(path: string): { readonly type: MetadataType; readonly fullName: string } | undefined {
  const [directory, name = '', ...rest] = path.split('/');
  const type = metadataTypes.find(({ directoryName }) => directoryName === directory);
  if (!type) return undefined;
  if (type.suffix === undefined) return rest.length > 0 ? { type, fullName: name } : undefined;
  const file = [name, ...rest].join('/').replace(/-meta\.xml$/, '');
  const ending = `.${type.suffix}`;
  return file.endsWith(ending) ? { type, fullName: file.slice(0, -ending.length) } : undefined;
}
