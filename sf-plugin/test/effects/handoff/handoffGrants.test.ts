import { describe, expect, it } from '@jest/globals';
import type { Place } from '@agent-readiness/protocol';
import { contains, type Grant } from '@agent-readiness/protocol/handoff';
import { withHandoffs } from '../../../src/effects/handoff/handoffGrants.ts';
import type { AbstractValue, Callable, CallContext, Expansion, LocalEffect } from '../../../src/effects/model.ts';
import type { HandoffTaskFacts } from '../../../src/extract/metadata/handoffTask.ts';

const at = (file: string): Place => ({ file, line: 1, column: 1 });
const site = at('HandoffSender.cls');
const prepare: Callable = {
  kind: 'apex-method',
  name: 'HandoffService',
  method: 'prepare',
  signature: 'List<HandoffRequest>',
};
const journal: LocalEffect = {
  operation: 'publish-event',
  object: 'Handoff_Event__e',
  fields: ['*'],
  extent: 'one',
  identity: 'user',
  chosenBy: 'derived',
  reversibility: 'irreversible',
  certainty: 'proven',
  place: at('HandoffService.cls'),
  label: 'publish',
};
const ofApex: Expansion = { effects: [journal], calls: [], pruned: [] };

const grant = (more: Partial<Grant> = {}): Grant => ({
  type: 'salesforce_effect',
  operation: 'update',
  object: 'Case',
  fields: ['Status'],
  extent: 'one',
  identity: 'user',
  gate: 'none',
  reversibility: 'reversible',
  ...more,
});
const task = (name: string, grants: readonly Grant[], isActive = true): HandoffTaskFacts => ({
  name,
  place: at(`${name}.md`),
  isActive,
  by: { agent: '', topic: '', action: '', place: at(`${name}.md`) },
  grants,
});

const tasks = [
  task('Refund', [grant({ operation: 'create', object: 'Refund__c', gate: 'approval' }), grant()]),
  task('Summary', [grant({ operation: 'read', object: 'Order' })]),
  task('Retired', [grant({ operation: 'delete', object: 'Contact' })], false),
];

const requests = (name: string | undefined, size?: AbstractValue['size']): CallContext => ({
  identity: 'user',
  isEntry: false,
  otherInputs: 'model',
  inputs: {
    '#0': {
      chosenBy: 'model',
      ...(size !== undefined && { size }),
      fields: { taskName: name === undefined ? { chosenBy: 'model' } : { chosenBy: 'constant', constant: name } },
    },
  },
});

/** What is added to the effects of the Apex itself. */
function granted(context: CallContext, known: readonly HandoffTaskFacts[] = tasks): readonly LocalEffect[] {
  const expand = withHandoffs(() => ofApex, {
    handoffTasks: () => known.map(({ name }) => name),
    handoffTask: (name) => known.find((each) => each.name === name),
  });
  const [first, ...rest] = expand(prepare, context, site)?.effects ?? [];
  expect(first).toBe(journal);
  return rest;
}

const summary = ({ operation, object, extent, extentLimit, gate, place }: LocalEffect): string =>
  [operation, object, extent, extentLimit, gate, place.file].filter((each) => each !== undefined).join(' ');

describe('what Apex lets the bridge do', () => {
  it('is what the task grants that is handed off, word for word', () => {
    expect(granted(requests('Refund', 1))).toEqual([
      {
        operation: 'create',
        object: 'Refund__c',
        fields: ['Status'],
        extent: 'one',
        identity: 'user',
        chosenBy: 'model',
        gate: 'approval',
        reversibility: 'reversible',
        certainty: 'proven',
        place: at('Refund.md'),
        label: 'the bridge may create Refund__c by the task Refund',
      },
      expect.objectContaining({ operation: 'update', object: 'Case', gate: 'none' }),
    ]);
  });

  it('is what every task grants where the task is not known before the run', () => {
    const all = ['create Refund__c one approval Refund.md', 'update Case one none Refund.md'];
    expect(granted(requests(undefined, 1)).map(summary)).toEqual(all);
    expect(granted({ ...requests('Refund', 1), inputs: {} }).map(({ object }) => object)).toEqual([
      'Refund__c',
      'Case',
    ]);
  });

  it('is nothing by reading, and nothing by a task that is switched off', () => {
    expect(granted(requests('Summary', 1))).toEqual([]);
    expect(granted(requests('Retired', 1))).toEqual([]);
  });

  it('is anything by a task that is not in the project or cannot be read', () => {
    const [unseen, ...rest] = granted(requests('Elsewhere', 1));
    expect(rest).toEqual([]);
    expect(unseen).toMatchObject({ operation: 'unknown', object: '*', certainty: 'opaque', place: site });
    expect(unseen?.label).toBe('what the task Elsewhere grants is not in the project or cannot be read');
    expect(granted(requests(undefined, 1), []).map(({ operation }) => operation)).toEqual(['unknown']);
  });

  it('is done once for each request', () => {
    const times = (context: CallContext): string[] => granted(context).map(summary).slice(1);
    expect(times(requests('Refund', 5))).toEqual(['update Case bounded 5 none Refund.md']);
    expect(times({ ...requests('Refund', 5), repeats: 2 })).toEqual(['update Case bounded 10 none Refund.md']);
    expect(times(requests('Refund'))).toEqual(['update Case unbounded none Refund.md']);
  });

  it('is never less than the grant, and never easier to undo than usual', () => {
    const grants = [
      grant({ operation: 'delete', fields: [], reversibility: 'reversible' }),
      grant({ operation: 'delete', fields: [], reversibility: 'irreversible' }),
      grant({ extent: 'bounded', extentLimit: 3 }),
      grant({ extent: 'unbounded', identity: 'system', gate: 'confirmed' }),
    ];
    const effects = granted(requests('Many', 1), [task('Many', grants)]);
    expect(effects.map(({ reversibility }) => reversibility)).toEqual([
      'recoverable',
      'irreversible',
      'reversible',
      'reversible',
    ]);
    for (const [index, each] of grants.entries()) {
      const { gate = 'none', ...effect } = effects[index] ?? journal;
      expect(contains({ ...effect, gate, fields: [...effect.fields] }, each)).toBe(true);
    }
  });
});

describe('other Apex', () => {
  it.each<Callable>([
    { ...prepare, method: 'send' },
    { ...prepare, name: 'OrderService' },
    { kind: 'apex-class', name: 'HandoffService', entry: 'invocable' },
  ])('$name does what it does itself', (callable) => {
    const expand = withHandoffs(() => ofApex, { handoffTasks: () => ['Refund'], handoffTask: () => tasks[0] });
    expect(expand(callable, requests('Refund', 1), site)).toBe(ofApex);
  });

  it('that is not in source stays so', () => {
    const expand = withHandoffs(() => undefined, { handoffTasks: () => ['Refund'], handoffTask: () => tasks[0] });
    expect(expand(prepare, requests('Refund', 1), site)).toBeUndefined();
  });
});
