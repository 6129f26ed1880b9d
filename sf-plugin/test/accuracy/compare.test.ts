import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ActionReport, Effect, Operation, Reach, Report } from '@agent-readiness/protocol';
import { compare, type Outcome } from './compare.ts';
import { readLabels, type LabelledAction, type LabelledEffect, type Labels } from './labels.ts';
import { precision, recall, tallyBy } from './tally.ts';
import { toTables } from './tables.ts';

const place = { file: 'classes/Refund.cls', line: 7, column: 9 };

function effect(operation: Operation, object: string, reach: Reach, line = place.line): Effect {
  return {
    operation,
    object,
    fields: ['*'],
    extent: 'one',
    identity: 'user',
    chosenBy: 'model',
    gate: 'none',
    reversibility: 'reversible',
    reach,
    certainty: 'proven',
    path: [{ ...place, line, label: operation }],
    otherPaths: 0,
  };
}

function label(operation: Operation, object: string, reach: Reach): LabelledEffect {
  return { operation, object, reach, extent: 'one', identity: 'system', evidence: 'classes/Refund.cls:7', why: 'test' };
}

function labelled(effects: LabelledEffect[], rest: Partial<LabelledAction> = {}): LabelledAction {
  return { action: 'refund', topic: 'orders', reachable: true, effects, platform: [], ruledOut: [], ...rest };
}

function reported(effects: Effect[], rest: Partial<ActionReport> = {}): ActionReport {
  const target = { type: 'apex', name: 'Refund' };
  const action = { name: 'refund', topic: 'orders', target, place, reachable: true, confirmation: 'none' as const };
  return { ...action, effects, pruned: [], ...rest };
}

function compared(actions: LabelledAction[], found: ActionReport[]): ReturnType<typeof compare> {
  const labels: Labels = { project: 'a/b', commit: '0'.repeat(40), agents: [{ agent: 'Service', actions }] };
  const agent = { name: 'Service', generation: 'agent-script' as const, file: 'Service.agent', version: '' };
  const report: Report = {
    schemaVersion: 1,
    project: { name: 'b', sourceDirs: [] },
    coverage: { filesParsed: 1, filesFailed: [], opaqueTargets: [] },
    agents: [{ ...agent, actions: found }],
    findings: [],
    verdict: { status: 'ready', failOn: 'high', findings: { critical: 0, high: 0, medium: 0, low: 0 } },
  };
  return compare(labels, report);
}

function show(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((outcome) => {
    const { operation, object, reach } = outcome.kind === 'miss' ? outcome.label : outcome.effect;
    return `${outcome.kind} ${operation} ${object} ${reach}`;
  });
}

describe('labels against a report', () => {
  it('tells hits, misses and extras apart by operation, object and reach', () => {
    const { outcomes, disagreements } = compared(
      [labelled([label('create', 'case', 'direct'), label('update', 'Order', 'transitive')])],
      [reported([effect('create', 'Case', 'direct'), effect('update', 'Order', 'cascade')])],
    );
    expect(show(outcomes)).toEqual([
      'hit create Case direct',
      'miss update Order transitive',
      'extra update Order cascade',
    ]);
    expect(disagreements).toEqual([]);
  });

  it('counts effects that differ in nothing compared as one', () => {
    const twice = [effect('delete', 'Case', 'direct', 7), effect('delete', 'Case', 'direct', 8)];
    expect(show(compared([labelled([])], [reported(twice)]).outcomes)).toEqual(['extra delete Case direct']);
  });

  it('leaves to the platform what a label leaves to it, custom objects excepted', () => {
    const platform = [{ reach: 'cascade' as const, object: 'standard', why: 'test' }];
    const { outcomes } = compared(
      [labelled([], { platform })],
      [reported([effect('delete', 'Contact', 'cascade'), effect('delete', 'Visit__c', 'cascade')])],
    );
    expect(show(outcomes)).toEqual(['platform delete Contact cascade', 'extra delete Visit__c cascade']);
  });

  it('takes an effect as ruled out only if every place of it is', () => {
    const ruledOut = [{ via: ['classes/Refund.cls:8'], why: 'test' }];
    const { outcomes } = compared(
      [labelled([], { ruledOut })],
      [
        reported([
          effect('create', 'Task', 'direct', 8),
          effect('create', 'Case', 'direct', 8),
          effect('create', 'Case', 'direct', 9),
        ]),
      ],
    );
    expect(show(outcomes)).toEqual(['ruled-out create Task direct', 'extra create Case direct']);
  });

  it('names actions that only one side knows, and reachability that differs', () => {
    const { outcomes, disagreements } = compared(
      [labelled([label('create', 'Case', 'direct')]), labelled([], { action: 'dead', reachable: false })],
      [reported([], { name: 'dead' }), reported([effect('delete', 'Case', 'direct')], { name: 'unheard' })],
    );
    expect(show(outcomes)).toEqual(['miss create Case direct', 'extra delete Case direct']);
    expect(disagreements.map(({ action, problem }) => `${action} ${problem}`)).toEqual([
      'refund not reported',
      'dead reported as reachable',
      'unheard not labelled',
    ]);
  });
});

describe('tables', () => {
  const { outcomes } = compared(
    [
      labelled([label('create', 'Case', 'direct'), label('delete', 'Case', 'direct')], {
        ruledOut: [{ operation: 'update', why: 'test' }],
      }),
    ],
    [
      reported([
        effect('create', 'Case', 'direct'),
        effect('update', 'Case', 'cascade'),
        effect('merge', 'Case', 'direct'),
      ]),
    ],
  );

  it('gives no ratio where there is nothing to count', () => {
    const [onlyRuledOut, direct, all] = tallyBy(outcomes, (outcome) =>
      outcome.kind === 'miss' ? outcome.label.reach : outcome.effect.reach,
    );
    expect([onlyRuledOut, direct, all]).toEqual([
      { group: 'cascade', hits: 0, misses: 0, extras: 0, ruledOut: 1 },
      { group: 'direct', hits: 1, misses: 1, extras: 1, ruledOut: 0 },
      { group: 'all', hits: 1, misses: 1, extras: 1, ruledOut: 1 },
    ]);
    expect(onlyRuledOut && [recall(onlyRuledOut), precision(onlyRuledOut, false)]).toEqual([undefined, undefined]);
    expect(all && [recall(all), precision(all, false), precision(all, true)]).toEqual([0.5, 0.5, 1 / 3]);
  });

  it('are Markdown', () => {
    const lines = toTables([{ project: 'a/b', commit: 'c', agents: 1, actions: 1, outcomes }]).split('\n');
    expect(lines.filter((line) => /^\| (all|cascade|identity|file) /.test(line))).toEqual([
      '| all     | 1     | 1      | 1     | 1         | 0.500  | 0.500     | 0.333            |',
      '| cascade | 0     | 0      | 0     | 1         | –      | –         | 0.000            |',
      '| all     | 1     | 1      | 1     | 1         | 0.500  | 0.500     | 0.333            |',
      '| all       | 1     | 1      | 1     | 1         | 0.500  | 0.500     | 0.333            |',
      '| identity                     | 0 of 1      |',
      '| file of the evidence         | 1 of 1      |',
    ]);
  });
});

it('reads the labels of this repository', () => {
  const projects = readLabels(join(import.meta.dirname, 'labels')).map(({ project, agents }) => [
    project,
    agents.flatMap(({ actions }) => actions).length > 0,
  ]);
  expect(projects).toEqual([
    ['mallika-cnx/AWT-AgentforceKMF2026', true],
    ['ricardofaria-sysmap/AgentforceSysMapEmpreendimentos', true],
    ['batra-kapil/Arogyasetu', true],
    ['c3csoftware/C3C_Liberta', true],
    ['salesforce-misc/Data360AgentforceSolutionKitRetail', true],
    ['salesforce-misc/DataCloudAndAgentForceForHospitality', true],
    ['belinidaniel/Enerzee', true],
    ['pandhariraje/ITSMProject', true],
    ['tikamtalreja/IntelliAgents---OncoCare', true],
    ['UnofficialSF/LightningFlowComponents', true],
    ['alexkwitko/Salesforce-Agentforce', true],
    ['kartikchauhan563/SalesforceAgentForceDemo', true],
    ['trailheadapps/agent-script-recipes', true],
    ['alexkwitko/agentforce-agent-library', true],
    ['tonytoubia-merkle/agentforce-retail-advisor', true],
    ['gdedios/automotive-agentforce-workshop', true],
    ['trailheadapps/coral-cloud', true],
    ['aquivalabs/my-org-butler', true],
    ['peticavictor/ndax', true],
    ['PatrickDennisSFDC/pat-dennis-agentforce-sdo-assets', true],
    ['MarkedSplash31/reto-agentforce-zapata', true],
    ['bgaldino/rlm-base-dev', true],
  ]);
});
