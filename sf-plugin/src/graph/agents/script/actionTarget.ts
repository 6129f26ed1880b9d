import type { Place } from '@agent-readiness/protocol';
import type { Entry } from '../../../extract/agentScript/ast.ts';
import type { ActionTarget } from '../../agent.ts';
import { textOf } from './reading.ts';

/** Schemes of action targets, as the compiled agent spells them. */
const schemes = [
  'api',
  'apex',
  'apexRest',
  'auraEnabled',
  'cdpMlPrediction',
  'createCatalogItemRequest',
  'decisionTableAction',
  'executeIntegrationProcedure',
  'externalConnector',
  'externalService',
  'flow',
  'generatePromptResponse',
  'mcpTool',
  'platformMcpTool',
  'namedQuery',
  'quickAction',
  'retriever',
  'runExpressionSet',
  'slack',
  'standardInvocableAction',
] as const;

const aliases = {
  prompt: 'generatePromptResponse',
  serviceCatalog: 'createCatalogItemRequest',
  integrationProcedureAction: 'executeIntegrationProcedure',
  expressionSet: 'runExpressionSet',
} as const;

const canonicalSchemes: ReadonlyMap<string, string> = new Map([
  ...schemes.map((scheme) => [scheme.toLowerCase(), scheme] as const),
  ...Object.entries(aliases).map(([alias, scheme]) => [alias.toLowerCase(), scheme] as const),
]);

/** A target, and why it cannot be taken at its word where that is so. */
export interface ReadTarget {
  readonly target: ActionTarget;
  readonly problem?: string;
}

/**
 * The target of an action definition.
 *
 * @param entry the `target:` of the definition, if there is one
 * @param action the name of the action, which stands in for a missing target
 * @param place where the action is defined
 */
export function readActionTarget(entry: Entry | undefined, action: string, place: Place): ReadTarget {
  const uri = textOf(entry);
  if (entry === undefined || uri === undefined) {
    return {
      target: { type: 'externalService', name: action, place: entry?.place ?? place },
      problem: `action "${action}" names no target; it is taken for an external service of that name`,
    };
  }
  const { scheme, path } = splitUri(uri);
  if (scheme.toLowerCase() === 'placeholder') {
    return {
      target: { type: 'stub', name: action, place: entry.place },
      problem: `action "${action}" has a placeholder as its target`,
    };
  }
  const type = canonicalSchemes.get(scheme.toLowerCase());
  if (type !== undefined && path !== '') return { target: { type, name: path, place: entry.place } };
  return {
    target: { type: scheme === '' ? 'unknown' : scheme, name: path, place: entry.place },
    problem: `the target "${uri}" of action "${action}" is not of a known form`,
  };
}

/** The target of a `connected_subagent`: another agent, under its own name if none is given. */
export function readAgentTarget(entry: Entry | undefined, name: string, place: Place): ReadTarget {
  const { scheme, path } = splitUri(textOf(entry) ?? '');
  const target = { type: 'agent', name: path === '' ? name : path, place: entry?.place ?? place };
  if (scheme === 'agent' || scheme === 'agentforce') return { target };
  return { target, problem: `the target of connected agent "${name}" is not of the form "agent://Name"` };
}

/** Splits `scheme://path`; without a scheme everything is the path. */
export function splitUri(uri: string): { scheme: string; path: string } {
  const [scheme = '', path] = uri.split(/:\/\/(.*)/s, 2);
  return path === undefined ? { scheme: '', path: uri } : { scheme, path: path.trim() };
}
