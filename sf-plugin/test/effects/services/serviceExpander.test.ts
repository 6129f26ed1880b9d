import { describe, expect, it } from '@jest/globals';
import type { Place } from '@agent-readiness/protocol';
import type { Callable, CallContext, LocalEffect } from '../../../src/effects/model.ts';
import { createServiceExpander, type ServiceLookups } from '../../../src/effects/services/serviceExpander.ts';
import type { ExternalServiceFacts } from '../../../src/extract/metadata/externalService.ts';
import type { McpTool } from '../../../src/extract/metadata/mcpServer.ts';
import type { QuickActionFacts } from '../../../src/extract/metadata/quickAction.ts';

const site: Place = { file: 'a.agent', line: 1, column: 1 };
const at = (line: number): Place => ({ file: 'm.xml', line, column: 5 });
const context: CallContext = { identity: 'user', isEntry: true, inputs: {}, otherInputs: 'model' };

function run(callable: Callable, lookups: Partial<ServiceLookups>, given: CallContext = context) {
  const none = (): undefined => undefined;
  const expand = createServiceExpander({
    externalService: none,
    namedCredential: none,
    quickAction: none,
    promptTemplate: none,
    mcpServers: () => [],
    ...lookups,
  });
  return expand(callable, given, site);
}

const effects = (...list: LocalEffect[]) => ({ effects: list, calls: [], pruned: [] });
const nothing = effects();
const unknown = (place: Place, label: string): LocalEffect => ({
  operation: 'unknown',
  object: '*',
  fields: ['*'],
  extent: 'unbounded',
  identity: 'system',
  chosenBy: 'model',
  reversibility: 'irreversible',
  certainty: 'opaque',
  place,
  label,
});

describe('external services', () => {
  const service = (more: Partial<ExternalServiceFacts> = {}): Partial<ServiceLookups> => ({
    externalService: (name) =>
      name === 'Carrier_API'
        ? {
            name,
            place: at(1),
            providerType: 'Custom',
            providerAsset: undefined,
            namedCredential: 'Carrier',
            server: 'https://schema.example:8443/v1',
            operations: [
              { name: 'getParcel', place: at(2), request: { verb: 'GET', path: '/parcels/{id}' } },
              { name: 'reroute', place: at(3), request: { verb: 'PUT', path: '/route' } },
              { name: 'archive', place: at(4), request: undefined },
            ],
            ...more,
          }
        : undefined,
    namedCredential: (name) => ({
      name,
      place: at(9),
      url: 'https://api.carrier.example/v2',
    }),
  });
  const call = (name: string): Callable => ({ kind: 'external-service', name });
  const callout: LocalEffect = {
    operation: 'callout',
    object: 'Carrier',
    fields: [],
    extent: 'one',
    identity: 'user',
    chosenBy: 'model',
    reversibility: 'irreversible',
    certainty: 'proven',
    place: at(3),
    label: 'PUT /route at api.carrier.example',
  };
  const get: LocalEffect = {
    ...callout,
    reversibility: 'reversible',
    place: at(2),
    label: 'GET /parcels/{id} at api.carrier.example',
  };
  const undescribed: LocalEffect = {
    ...callout,
    certainty: 'possible',
    place: at(4),
    label: 'Carrier_API.archive, of which the schema says nothing at api.carrier.example',
  };

  it('tells a request that reads from one that writes', () => {
    expect(run(call('Carrier_API.getParcel'), service())).toEqual(effects(get));
    expect(run(call('Carrier_API.REROUTE'), service())).toEqual(effects(callout));
    expect(run(call('Carrier_API.archive'), service())).toEqual(effects(undescribed));
  });

  it('takes a bare service for any of its operations', () => {
    expect(run(call('Carrier_API'), service())).toEqual(
      effects({ ...get, certainty: 'possible' }, { ...callout, certainty: 'possible' }, undescribed),
    );
  });

  it('takes an operation that is not registered for a write', () => {
    expect(run(call('Carrier_API.destroy'), service())).toEqual(
      effects({
        ...undescribed,
        place: at(1),
        label: 'Carrier_API.destroy, which the registration does not describe at api.carrier.example',
      }),
    );
  });

  it('names the host where there is no named credential, and nothing where there is no host', () => {
    const anonymous = { namedCredential: undefined };
    expect(run(call('Carrier_API.reroute'), service(anonymous))).toEqual(
      effects({ ...callout, object: 'schema.example:8443', label: 'PUT /route' }),
    );
    expect(run(call('Carrier_API.reroute'), service({ ...anonymous, server: '/v1' }))).toEqual(
      effects({ ...callout, object: '*', label: 'PUT /route' }),
    );
  });

  it.each([
    ['ApexRest', 'rest'],
    ['AuraEnabled', 'aura'],
  ] as const)('goes on into the class behind %s', (providerType, entry) => {
    expect(run(call('Carrier_API.any'), service({ providerType, providerAsset: 'ParcelResource' }))).toEqual({
      effects: [],
      calls: [
        {
          callee: { kind: 'apex-class', name: 'ParcelResource', entry },
          context,
          cause: 'call',
          certainty: 'proven',
          place: at(1),
          label: 'service Carrier_API is the class ParcelResource',
        },
      ],
      pruned: [],
    });
    expect(run(call('Carrier_API.any'), service({ providerType }))).toEqual(
      effects(unknown(at(1), 'Carrier_API stands for an Apex class that it does not name')),
    );
  });

  it('knows providers that are no HTTP service', () => {
    expect(run(call('Carrier_API.any'), service({ providerType: 'NamedQuery' }))).toEqual(nothing);
    const remote = { ...callout, certainty: 'opaque', place: at(1) } as const;
    expect(run(call('Carrier_API.any'), service({ providerType: 'ModelContextProtocol' }))).toEqual(
      effects({ ...remote, label: 'MCP server Carrier_API at api.carrier.example' }),
    );
    expect(run(call('Carrier_API.any'), service({ providerType: 'AgentToAgent' }))).toEqual(
      effects({ ...remote, operation: 'invoke-agent', label: 'agent Carrier_API at api.carrier.example' }),
    );
    expect(run(call('Carrier_API.any'), service({ providerType: 'IntegProcd' }))).toEqual(
      effects(unknown(at(1), 'Carrier_API is a service of the type IntegProcd, which is not analysed')),
    );
  });

  it('leaves a service that is not in the project to the caller', () => {
    expect(run(call('Other.getParcel'), service())).toBeUndefined();
  });
});

describe('quick actions', () => {
  const action = (more: Partial<QuickActionFacts>): Partial<ServiceLookups> => ({
    quickAction: (name) => ({
      name,
      place: at(1),
      type: 'Create',
      targetObject: 'Refund_Line__c',
      fields: ['Amount__c'],
      flow: undefined,
      createsFeedItem: false,
      ...more,
    }),
  });
  const callable: Callable = { kind: 'quick-action', name: 'Refund__c.Go' };
  const effect = (
    operation: LocalEffect['operation'],
    object: string,
    more: Partial<LocalEffect> = {},
  ): LocalEffect => ({
    operation,
    object,
    fields: ['Amount__c'],
    extent: 'one',
    identity: 'user',
    chosenBy: 'model',
    reversibility: 'reversible',
    certainty: 'proven',
    place: at(1),
    label: 'quick action Refund__c.Go (Create)',
    ...more,
  });
  const of = (type: string): Partial<LocalEffect> => ({ label: `quick action Refund__c.Go (${type})` });

  it('creates and updates the target object with the fields of the action', () => {
    expect(run(callable, action({}))).toEqual(effects(effect('create', 'Refund_Line__c')));
    expect(run(callable, action({ type: 'Update', fields: [] }))).toEqual(
      effects(effect('update', 'Refund_Line__c', { ...of('Update'), fields: ['*'] })),
    );
    expect(run(callable, action({ targetObject: undefined }))).toEqual(effects(effect('create', '*')));
    expect(run(callable, action({ targetObject: 'GroupMember' }))).toEqual(effects(effect('grant', 'GroupMember')));
    expect(run(callable, action({ createsFeedItem: true }))).toEqual(
      effects(effect('create', 'Refund_Line__c'), effect('create', 'FeedItem', { fields: ['*'] })),
    );
  });

  it('knows the types with an object or channel of their own', () => {
    expect(run(callable, action({ type: 'LogACall' }))).toEqual(effects(effect('create', 'Task', of('LogACall'))));
    expect(run(callable, action({ type: 'Post' }))).toEqual(effects(effect('create', 'FeedItem', of('Post'))));
    expect(run(callable, action({ type: 'SendEmail' }))).toEqual(
      effects(effect('send-message', 'email', { ...of('SendEmail'), fields: [], reversibility: 'irreversible' })),
    );
  });

  it('goes on into a flow', () => {
    expect(run(callable, action({ type: 'Flow', flow: 'Request_Refund' }))).toEqual({
      effects: [],
      calls: [
        {
          callee: { kind: 'flow', name: 'Request_Refund' },
          context,
          cause: 'call',
          certainty: 'proven',
          place: at(1),
          label: 'quick action Refund__c.Go (Flow)',
        },
      ],
      pruned: [],
    });
  });

  it('is opaque where it opens a user interface', () => {
    expect(run(callable, action({ type: 'LightningComponent' }))).toEqual(
      effects(
        unknown(at(1), 'quick action Refund__c.Go (LightningComponent) opens a user interface, which is not analysed'),
      ),
    );
  });

  it('leaves an action that is not in the project to the caller', () => {
    expect(run(callable, {})).toBeUndefined();
  });
});

describe('prompt templates', () => {
  const callable: Callable = { kind: 'prompt-template', name: 'Summarise' };

  it('asks a model after its data providers have run', () => {
    const template: Partial<ServiceLookups> = {
      promptTemplate: (name) => ({
        name,
        place: at(1),
        type: 'einstein_gpt__flex',
        activeVersion: '2',
        providers: [
          { target: { type: 'flow', name: 'Load' }, place: at(5), label: 'data provider Load' },
          { target: { type: 'apex', name: 'Loader' }, place: at(8), label: 'data provider Loader' },
        ],
        recordMerges: [],
      }),
    };
    const given: CallContext = {
      identity: 'system',
      isEntry: false,
      inputs: { 'Input:Order': { chosenBy: 'linked' } },
      otherInputs: 'derived',
    };
    const provider = { identity: 'system', isEntry: true, inputs: {}, otherInputs: 'derived' };
    expect(run(callable, template, given)).toEqual({
      effects: [
        {
          operation: 'call-model',
          object: 'Summarise',
          fields: [],
          extent: 'one',
          identity: 'system',
          chosenBy: 'derived',
          reversibility: 'reversible',
          certainty: 'proven',
          place: at(1),
          label: 'prompt template Summarise',
        },
      ],
      calls: [
        {
          callee: { kind: 'flow', name: 'Load' },
          context: provider,
          cause: 'call',
          certainty: 'proven',
          place: at(5),
          label: 'data provider Load',
        },
        {
          callee: { kind: 'apex-class', name: 'Loader', entry: 'invocable' },
          context: provider,
          cause: 'call',
          certainty: 'proven',
          place: at(8),
          label: 'data provider Loader',
        },
      ],
      pruned: [],
    });
  });

  it('leaves a template that is not in the project to the caller', () => {
    expect(run(callable, {})).toBeUndefined();
  });
});

describe('targets without source', () => {
  const target = (type: string, name = 'X'): Callable => ({ kind: 'opaque', type, name });

  it.each(['namedQuery', 'retriever', 'cdpMlPrediction'])('%s only reads', (type) => {
    expect(run(target(type), {})).toEqual(nothing);
  });

  it.each([
    ['stub', 'X is a placeholder: the action is not implemented'],
    ['skill', 'X is a skill, which is not analysed'],
    ['standardTopic', 'X is a topic that the project does not define, so that its actions are not known'],
    ['mcpTool', 'X is a tool of an external MCP server, which describes itself only at run time'],
    ['platformMcpTool', 'X is a hosted MCP tool that no server definition in the project describes'],
    ['commerce', 'X is of the type commerce, which is not analysed'],
    ['constructor', 'X is of the type constructor, which is not analysed'],
  ])('%s is opaque and says why', (type, reason) => {
    expect(run(target(type), {})).toEqual(effects(unknown(site, reason)));
  });

  it('says so where an action has no target at all', () => {
    expect(run(target('stub', ''), {})).toEqual(
      effects(unknown(site, 'the target is a placeholder: the action is not implemented')),
    );
  });

  it.each([
    ['agent', 'invoke-agent', 'proven', 'hands over to the agent X'],
    ['api', 'callout', 'opaque', 'api X'],
    ['externalConnector', 'callout', 'opaque', 'externalConnector X'],
  ] as const)('%s leaves the agent', (type, operation, certainty, label) => {
    expect(run(target(type), {})).toEqual(
      effects({
        operation,
        object: 'X',
        fields: [],
        extent: 'one',
        identity: 'user',
        chosenBy: 'model',
        reversibility: 'irreversible',
        certainty,
        place: site,
        label,
      }),
    );
  });

  describe('hosted MCP tools', () => {
    const tool = (name: string, line: number, hints: Partial<McpTool> = {}): McpTool => ({
      name,
      place: at(line),
      readOnly: false,
      destructive: false,
      openWorld: false,
      api: undefined,
      ...hints,
    });
    const mcpServers = () => [
      {
        name: 'Orders',
        place: at(1),
        tools: [
          tool('list', 2, { readOnly: true }),
          tool('search', 3, { readOnly: true, openWorld: true }),
          tool('purge', 4, { destructive: true }),
          tool('touch', 5),
        ],
      },
      { name: 'Parcels', place: at(10), tools: [tool('touch', 11, { readOnly: true })] },
    ];

    it('believes a tool that only reads the org', () => {
      expect(run(target('platformMcpTool', 'list'), { mcpServers })).toEqual(nothing);
      expect(run(target('platformMcpTool', 'orders.LIST'), { mcpServers })).toEqual(nothing);
    });

    it.each([
      ['search', at(3), 'MCP tool search is declared to read outside the org'],
      ['purge', at(4), 'MCP tool purge is declared destructive'],
      ['Orders.touch', at(5), 'MCP tool touch is not declared read-only'],
    ])('is opaque for %s', (name, place, label) => {
      expect(run(target('platformMcpTool', name), { mcpServers })).toEqual(effects(unknown(place, label)));
    });

    it('does not choose between tools of one name, nor take an external tool for a hosted one', () => {
      expect(run(target('platformMcpTool', 'touch'), { mcpServers })).toEqual(
        effects(unknown(site, 'touch is a hosted MCP tool that no server definition in the project describes')),
      );
      expect(run(target('mcpTool', 'list'), { mcpServers })).toEqual(
        effects(unknown(site, 'list is a tool of an external MCP server, which describes itself only at run time')),
      );
    });
  });
});
