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

/** One XML file. The directory is the suffix with an `s` unless told. */
function file(xmlName: string, suffix: string, directoryName = `${suffix}s`): MetadataType {
  return { xmlName, directoryName, suffix };
}

/** A file of its own kind, with its metadata beside it. */
function content(xmlName: string, directoryName: string, suffix: string): MetadataType {
  return { xmlName, directoryName, suffix, metaFile: true };
}

function bundle(xmlName: string, directoryName: string): MetadataType {
  return { xmlName, directoryName };
}

/** Sorted by name. Source: Metadata API Developer Guide, "Metadata Types". */
export const metadataTypes: readonly MetadataType[] = [
  bundle('AiAuthoringBundle', 'aiAuthoringBundles'),
  file('AiEvaluationDefinition', 'aiEvaluationDefinition'),
  content('ApexClass', 'classes', 'cls'),
  content('ApexComponent', 'components', 'component'),
  content('ApexPage', 'pages', 'page'),
  content('ApexTrigger', 'triggers', 'trigger'),
  file('ApprovalProcess', 'approvalProcess', 'approvalProcesses'),
  bundle('AuraDefinitionBundle', 'aura'),
  file('AuthProvider', 'authprovider'),
  { ...file('Bot', 'bot'), parts: { BotVersion: 'botVersions' } },
  content('Certificate', 'certs', 'crt'),
  file('ConnectedApp', 'connectedApp'),
  file('CspTrustedSite', 'cspTrustedSite'),
  file('CustomApplication', 'app', 'applications'),
  { ...file('CustomLabels', 'labels', 'labels'), parts: { CustomLabel: 'labels' } },
  file('CustomMetadata', 'md', 'customMetadata'),
  file('CustomNotificationType', 'notiftype', 'notificationtypes'),
  {
    ...file('CustomObject', 'object'),
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
  file('CustomPermission', 'customPermission'),
  file('CustomTab', 'tab'),
  file('ExternalClientApplication', 'eca', 'externalClientApps'),
  file('ExternalCredential', 'externalCredential'),
  file('ExternalServiceRegistration', 'externalServiceRegistration'),
  file('ExtlClntAppGlobalOauthSettings', 'ecaGlblOauth', 'extlClntAppGlobalOauthSets'),
  file('ExtlClntAppOauthConfigurablePolicies', 'ecaOauthPlcy', 'extlClntAppOauthPolicies'),
  file('ExtlClntAppOauthSettings', 'ecaOauth', 'extlClntAppOauthSettings'),
  file('FlexiPage', 'flexipage'),
  file('Flow', 'flow'),
  bundle('GenAiFunction', 'genAiFunctions'),
  bundle('GenAiPlannerBundle', 'genAiPlannerBundles'),
  file('GenAiPlugin', 'genAiPlugin'),
  file('GenAiPromptTemplate', 'genAiPromptTemplate'),
  file('GlobalValueSet', 'globalValueSet'),
  file('Group', 'group'),
  file('Layout', 'layout'),
  bundle('LightningComponentBundle', 'lwc'),
  file('LightningMessageChannel', 'messageChannel'),
  bundle('LightningTypeBundle', 'lightningTypes'),
  file('McpServerDefinition', 'mcpServerDefinition'),
  file('NamedCredential', 'namedCredential'),
  file('PermissionSet', 'permissionset'),
  file('PermissionSetGroup', 'permissionsetgroup'),
  file('Profile', 'profile'),
  file('Queue', 'queue'),
  file('QuickAction', 'quickAction'),
  file('RemoteSiteSetting', 'remoteSite', 'remoteSiteSettings'),
  file('Role', 'role'),
  file('Settings', 'settings', 'settings'),
  file('StandardValueSet', 'standardValueSet'),
  content('StaticResource', 'staticresources', 'resource'),
  {
    ...file('Workflow', 'workflow'),
    parts: {
      WorkflowAlert: 'alerts',
      WorkflowFieldUpdate: 'fieldUpdates',
      WorkflowRule: 'rules',
      WorkflowTask: 'tasks',
    },
  },
];

/** The top-level component that a file of a package belongs to. */
export function componentOf(path: string): { readonly type: MetadataType; readonly fullName: string } | undefined {
  const [directory, name = '', ...rest] = path.split('/');
  const type = metadataTypes.find(({ directoryName }) => directoryName === directory);
  if (!type) return undefined;
  if (type.suffix === undefined) return rest.length > 0 ? { type, fullName: name } : undefined;
  const filePath = [name, ...rest].join('/').replace(/-meta\.xml$/, '');
  const ending = `.${type.suffix}`;
  return filePath.endsWith(ending) ? { type, fullName: filePath.slice(0, -ending.length) } : undefined;
}
