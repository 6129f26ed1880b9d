import { describe, expect, it } from '@jest/globals';
import { targetToCallable } from '../../../src/effects/services/targetToCallable.ts';

const opaque = (type: string) => ({ kind: 'opaque', type, name: 'A__B.c' });

/** Every value of `PlannerFunctionInvocableTargetType` up to v68, every Agent Script scheme and alias, and our own. */
const expected: Readonly<Record<string, object>> = {
  agent: opaque('agent'),
  agentforce: opaque('agent'),
  apex: { kind: 'apex-class', name: 'A__B.c', entry: 'invocable' },
  apexRest: { kind: 'apex-class', name: 'A__B', entry: 'rest' },
  api: opaque('api'),
  auraEnabled: { kind: 'apex-class', name: 'A__B', entry: 'aura' },
  byot: opaque('byot'),
  cdpMlPrediction: opaque('cdpMlPrediction'),
  commerce: opaque('commerce'),
  createCatalogItemRequest: opaque('createCatalogItemRequest'),
  decisionTableAction: opaque('decisionTableAction'),
  executeIntegrationProcedure: opaque('executeIntegrationProcedure'),
  expressionSet: opaque('runExpressionSet'),
  externalConnector: opaque('externalConnector'),
  externalService: { kind: 'external-service', name: 'A__B.c' },
  flow: { kind: 'flow', name: 'A__B.c' },
  generatePromptResponse: { kind: 'prompt-template', name: 'A__B.c' },
  integrationProcedureAction: opaque('executeIntegrationProcedure'),
  invocable: { kind: 'standard-action', name: 'A__B.c' },
  mcpTool: opaque('mcpTool'),
  namedQuery: opaque('namedQuery'),
  placeholder: opaque('stub'),
  platformMcpTool: opaque('platformMcpTool'),
  prompt: { kind: 'prompt-template', name: 'A__B.c' },
  quickAction: { kind: 'quick-action', name: 'A__B.c' },
  retriever: opaque('retriever'),
  runExpressionSet: opaque('runExpressionSet'),
  serviceCatalog: opaque('createCatalogItemRequest'),
  skill: opaque('skill'),
  slack: { kind: 'standard-action', name: 'A__B.c' },
  standardInvocableAction: { kind: 'standard-action', name: 'A__B.c' },
  standardTopic: opaque('standardTopic'),
  stub: opaque('stub'),
};

describe('targetToCallable', () => {
  it.each(Object.entries(expected))('maps %s', (type, callable) => {
    expect(targetToCallable({ type, name: 'A__B.c' })).toEqual(callable);
    expect(targetToCallable({ type: type.toUpperCase(), name: 'A__B.c' })).toEqual(callable);
  });

  it('completes the short name of a Slack action', () => {
    expect(targetToCallable({ type: 'slack', name: 'ReplyInThread' })).toEqual({
      kind: 'standard-action',
      name: 'slackAgentDynamic__ReplyInThread',
    });
  });

  it('takes the type of a flow action for the action', () => {
    expect(targetToCallable({ type: 'emailAlert', name: 'Case.Escalated' })).toEqual({
      kind: 'standard-action',
      name: 'emailAlert',
    });
  });

  it('leaves what it has never heard of opaque', () => {
    expect(targetToCallable({ type: 'telepathy', name: 'X' })).toEqual({
      kind: 'opaque',
      type: 'telepathy',
      name: 'X',
    });
  });
});
