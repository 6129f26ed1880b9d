import type { Certainty, Operation, Place } from '@agent-readiness/protocol';
import type { NamedCredentialFacts } from '../../extract/metadata/namedCredential.ts';
import type { ExternalServiceFacts, ServiceOperation } from '../../extract/metadata/externalService.ts';
import type { Call, CallContext, Expansion, LocalEffect } from '../model.ts';
import { reversibilityOf } from '../reversibility.ts';
import { leastTrusted, opaque, withEffects } from '../standard/sourceless.ts';

/** Verbs that ask and do not change. */
const readingVerbs: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Providers that run inside the org and are no Apex class: what they do is not in the registration. */
const insideTheOrg: ReadonlySet<string> = new Set([
  'AgentActionOutputs',
  'CodeExtension',
  'Commerce',
  'ContextDef',
  'DocumentProcessing',
  'IntegProcd',
]);

/**
 * Expands an operation of a registered service.
 *
 * @param operation its name; `undefined` where the target names the service alone, so that any operation may be meant
 */
export function expandExternalService(
  service: ExternalServiceFacts,
  operation: string | undefined,
  credential: NamedCredentialFacts | undefined,
  context: CallContext,
): Expansion {
  const { name, place, providerType, providerAsset } = service;
  switch (providerType) {
    case 'NamedQuery':
      return withEffects();
    case 'ModelContextProtocol':
      return withEffects(remoteCall('callout', `MCP server ${name}`, 'opaque', service, credential, context));
    case 'AgentToAgent':
      return withEffects(remoteCall('invoke-agent', `agent ${name}`, 'opaque', service, credential, context));
    case 'ApexRest':
    case 'AuraEnabled':
      if (providerAsset !== undefined) return callInto(providerAsset, service, context);
      return opaque(place, `${name} stands for an Apex class that it does not name`);
  }
  if (insideTheOrg.has(providerType)) {
    return opaque(place, `${name} is a service of the type ${providerType}, which is not analysed`);
  }
  const wanted = operation?.toLowerCase();
  const meant = service.operations.filter((each) => wanted === undefined || each.name.toLowerCase() === wanted);
  if (meant.length === 0) {
    const label = `${name}.${operation ?? '*'}, which the registration does not describe`;
    return withEffects(remoteCall('callout', label, 'possible', service, credential, context));
  }
  return withEffects(...meant.map((each) => requestOf(each, meant.length === 1, service, credential, context)));
}

function callInto(className: string, service: ExternalServiceFacts, context: CallContext): Expansion {
  const call: Call = {
    callee: { kind: 'apex-class', name: className, entry: service.providerType === 'ApexRest' ? 'rest' : 'aura' },
    context: { ...context, isEntry: true },
    cause: 'call',
    certainty: 'proven',
    place: service.place,
    label: `service ${service.name} is the class ${className}`,
  };
  return { effects: [], calls: [call], pruned: [] };
}

function requestOf(
  { name, place, request }: ServiceOperation,
  isOnlyOne: boolean,
  service: ExternalServiceFacts,
  credential: NamedCredentialFacts | undefined,
  context: CallContext,
): LocalEffect {
  const what = request
    ? `${request.verb} ${request.path}`
    : `${service.name}.${name}, of which the schema says nothing`;
  const certainty = isOnlyOne && request ? 'proven' : 'possible';
  const effect = remoteCall('callout', what, certainty, service, credential, context, place);
  return request && readingVerbs.has(request.verb)
    ? { ...effect, reversibility: reversibilityOf('callout', 'read-only') }
    : effect;
}

function remoteCall(
  operation: Operation,
  what: string,
  certainty: Certainty,
  service: ExternalServiceFacts,
  credential: NamedCredentialFacts | undefined,
  context: CallContext,
  place: Place = service.place,
): LocalEffect {
  const host = hostOf(credential?.url ?? service.server);
  const endpoint = service.namedCredential ?? host;
  return {
    operation,
    object: endpoint ?? '*',
    fields: [],
    extent: 'one',
    identity: context.identity,
    chosenBy: leastTrusted(context),
    reversibility: reversibilityOf(operation),
    certainty,
    place,
    label: host === undefined || host === endpoint ? what : `${what} at ${host}`,
  };
}

/** The host of an address; `undefined` for an address that is relative, templated or missing. */
function hostOf(url: string | undefined): string | undefined {
  const host = url !== undefined && URL.canParse(url) ? new URL(url).host : '';
  return /^[\w.:[\]-]+$/.test(host) ? host : undefined;
}
