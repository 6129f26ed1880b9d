import { describe, expect, it } from '@jest/globals';
import type { Place } from '@agent-readiness/protocol';
import type { AbstractValue, Callable, CallContext, LocalEffect } from '../../../src/effects/model.ts';
import { createStandardActionExpander } from '../../../src/effects/standard/standardActionExpander.ts';

const site: Place = { file: 'a.agent', line: 7, column: 3 };
const expand = createStandardActionExpander();
const action = (name: string): Callable => ({ kind: 'standard-action', name });

function given(inputs: Readonly<Record<string, AbstractValue>> = {}, more: Partial<CallContext> = {}): CallContext {
  return { identity: 'user', isEntry: true, inputs, otherInputs: 'linked', ...more };
}

const update: LocalEffect = {
  operation: 'update',
  object: '*',
  fields: ['*'],
  extent: 'one',
  identity: 'user',
  chosenBy: 'linked',
  reversibility: 'reversible',
  certainty: 'proven',
  place: site,
  label: 'standard action updateRecord',
};
const only = (effect: LocalEffect) => ({ effects: [effect], calls: [], pruned: [] });

describe('createStandardActionExpander', () => {
  it('puts the effect where the action is called, in the name of its caller', () => {
    expect(expand(action('updateRecord'), given(), site)).toEqual(only(update));
    expect(expand(action('updateRecord'), given({}, { identity: 'system' }), site)).toEqual(
      only({ ...update, identity: 'system' }),
    );
  });

  it('trusts the choice as little as the least trusted input', () => {
    const inputs = { recordId: { chosenBy: 'model' }, note: { chosenBy: 'constant', constant: 'x' } } as const;
    expect(expand(action('updateRecord'), given(inputs), site)).toEqual(only({ ...update, chosenBy: 'model' }));
  });

  it('narrows the object to the one that a constant names', () => {
    const object = (constant: string): AbstractValue => ({ chosenBy: 'constant', constant });
    const narrowed: LocalEffect = { ...update, object: 'Case', certainty: 'possible' };
    expect(expand(action('updateRecord'), given({ objectApiName: object('Case') }), site)).toEqual(only(narrowed));
    expect(expand(action('updateRecord'), given({ objectApiName: object('User') }), site)).toEqual(
      only({ ...narrowed, object: 'User', operation: 'grant' }),
    );
    const disagreeing = { objectApiName: object('Case'), sObjectType: object('Lead') };
    expect(expand(action('updateRecord'), given(disagreeing), site)).toEqual(only(update));
    expect(expand(action('chatterPost'), given({ objectApiName: object('Case') }), site)).toEqual(
      only({ ...update, operation: 'create', object: 'FeedItem', label: 'standard action chatterPost' }),
    );
  });

  it('takes a managed template flow to run in system mode', () => {
    const flow: Callable = { kind: 'flow', name: 'SvcCopilotTmpl__ResetScrPassword' };
    const common = {
      ...update,
      identity: 'system',
      certainty: 'possible',
      label: `managed flow ${flow.name}`,
    } as const;
    expect(expand(flow, given(), site)).toEqual({
      effects: [
        { ...common, operation: 'grant', object: 'User', reversibility: 'irreversible' },
        { ...common, operation: 'send-message', object: 'email', fields: [], reversibility: 'irreversible' },
      ],
      calls: [],
      pruned: [],
    });
  });

  it('claims little for an action of which only the verb is known', () => {
    expect(expand(action('deleteCart'), given(), site)).toEqual(
      only({
        operation: 'delete',
        object: '*',
        fields: [],
        extent: 'unbounded',
        identity: 'user',
        chosenBy: 'linked',
        reversibility: 'recoverable',
        certainty: 'possible',
        place: site,
        label: 'standard action deleteCart',
      }),
    );
  });

  it('has no effect for an action that reads', () => {
    expect(expand(action('getRecords'), given(), site)).toEqual({ effects: [], calls: [], pruned: [] });
  });

  it('is opaque where nothing is known of an action', () => {
    expect(expand(action('sendEmail'), given(), site)).toEqual(
      only({
        operation: 'unknown',
        object: '*',
        fields: ['*'],
        extent: 'unbounded',
        identity: 'system',
        chosenBy: 'model',
        reversibility: 'irreversible',
        certainty: 'opaque',
        place: site,
        label: 'what the standard action sendEmail does is not known',
      }),
    );
  });

  it('leaves every other callable to others', () => {
    expect(expand({ kind: 'flow', name: 'Request_Refund' }, given(), site)).toBeUndefined();
    expect(expand({ kind: 'quick-action', name: 'submit' }, given(), site)).toBeUndefined();
  });
});
