import type { ActionTarget } from '../../graph/agent.ts';
import type { Callable } from '../model.ts';
import { invocableActionType } from '../standard/invocableActionTypes.ts';

type ToCallable = (name: string) => Callable;

/** The class before the dot of `Class.method`: the entry point is then looked for in the whole class. */
const className = (name: string): string => name.split('.', 1)[0] ?? name;

const opaqueOf =
  (type: string): ToCallable =>
  (name) => ({ kind: 'opaque', type, name });

/**
 * What stands behind a target, by the values of `PlannerFunctionInvocableTargetType` (v60–v68), the Agent Script
 * schemes with their aliases, the scheme of a prompt template's data provider (`invocable`), and the types of what is
 * no action (`agent`, `skill`, `standardTopic`) or none that the script defines (`undefinedAction`).
 */
const byType: Readonly<Record<string, ToCallable>> = {
  flow: (name) => ({ kind: 'flow', name }),
  apex: (name) => ({ kind: 'apex-class', name, entry: 'invocable' }),
  apexRest: (name) => ({ kind: 'apex-class', name: className(name), entry: 'rest' }),
  auraEnabled: (name) => ({ kind: 'apex-class', name: className(name), entry: 'aura' }),
  generatePromptResponse: (name) => ({ kind: 'prompt-template', name }),
  prompt: (name) => ({ kind: 'prompt-template', name }),
  externalService: (name) => ({ kind: 'external-service', name }),
  quickAction: (name) => ({ kind: 'quick-action', name }),
  standardInvocableAction: (name) => ({ kind: 'standard-action', name }),
  invocable: (name) => ({ kind: 'standard-action', name }),
  slack: (name) => ({ kind: 'standard-action', name: name.includes('__') ? name : `slackAgentDynamic__${name}` }),

  namedQuery: opaqueOf('namedQuery'),
  retriever: opaqueOf('retriever'),
  cdpMlPrediction: opaqueOf('cdpMlPrediction'),
  mcpTool: opaqueOf('mcpTool'),
  platformMcpTool: opaqueOf('platformMcpTool'),
  api: opaqueOf('api'),
  externalConnector: opaqueOf('externalConnector'),
  executeIntegrationProcedure: opaqueOf('executeIntegrationProcedure'),
  integrationProcedureAction: opaqueOf('executeIntegrationProcedure'),
  runExpressionSet: opaqueOf('runExpressionSet'),
  expressionSet: opaqueOf('runExpressionSet'),
  decisionTableAction: opaqueOf('decisionTableAction'),
  createCatalogItemRequest: opaqueOf('createCatalogItemRequest'),
  serviceCatalog: opaqueOf('createCatalogItemRequest'),
  commerce: opaqueOf('commerce'),
  byot: opaqueOf('byot'),
  stub: opaqueOf('stub'),
  placeholder: opaqueOf('stub'),
  agent: opaqueOf('agent'),
  agentforce: opaqueOf('agent'),
  skill: opaqueOf('skill'),
  standardTopic: opaqueOf('standardTopic'),
  undefinedAction: opaqueOf('undefinedAction'),
};

const byLowerCase: ReadonlyMap<string, ToCallable> = new Map(
  Object.entries(byType).map(([type, toCallable]) => [type.toLowerCase(), toCallable]),
);

/**
 * The callable behind an action. Types are compared without regard to case, as the compiler does. A type that is itself
 * a platform action, as flows spell it (`emailSimple`), is that action; any other type is opaque.
 */
export function targetToCallable({ type, name }: Pick<ActionTarget, 'type' | 'name'>): Callable {
  const toCallable = byLowerCase.get(type.toLowerCase());
  if (toCallable) return toCallable(name);
  const action = invocableActionType(type);
  return action === undefined ? { kind: 'opaque', type, name } : { kind: 'standard-action', name: action };
}
