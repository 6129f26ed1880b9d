import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ActionReport, Effect, Report } from '@agent-readiness/protocol';
import { runCheck } from '../../sf-plugin/src/actions/check.ts';
import { standardCascades } from '../../sf-plugin/src/effects/automation/standardCascades.ts';
import { expectedActions, expectedEffects, expectedEffectsOfAutomation } from './expectations.ts';
import { read, sample, sampleProject } from './projectFiles.ts';

const silent = { start: () => undefined, update: () => undefined, stop: () => undefined };

let report: Report;
let actions: readonly ActionReport[];
beforeAll(async () => {
  report = await runCheck(
    { startDir: sampleProject, progress: silent },
    { sourceDirs: [], agents: [], allVersions: false, failOn: 'high' },
  );
  actions = report.agents.flatMap((agent) => agent.actions);
});

function line(action: string, effect: Omit<Effect, 'path' | 'otherPaths' | 'extentLimit'>): string {
  const { operation, object, fields, extent, identity, chosenBy, gate, reach, reversibility, certainty } = effect;
  const attributes = [extent, identity, chosenBy, gate, reach, reversibility, certainty].join(' ');
  return `${action}: ${operation} ${object} (${fields.join(', ')}) ${attributes}`;
}

/** The sample's table lists what its own metadata causes; what every org adds is left out. */
function isStandardCascade({ object, reach }: Effect): boolean {
  const parents = expectedEffects.filter(({ operation }) => operation === 'delete').map((effect) => effect.object);
  return reach === 'cascade' && parents.some((parent) => cascadesFrom(parent).includes(object));
}

function cascadesFrom(parent: string): string[] {
  const children = standardCascades(parent).map(({ child }) => child);
  return [...children, ...children.flatMap((child) => standardCascades(child).map((each) => each.child))];
}

describe('the verdict on the sample agent', () => {
  it('lists exactly its actions', () => {
    const offered = expectedActions.map(({ action }) => action);
    const entries = expectedEffects.map(({ action }) => action).filter((action) => !offered.includes(action));
    expect(actions.map(({ name }) => name).sort()).toEqual([...offered, ...new Set(entries)].sort());
  });

  it('finds exactly the effects that the table states', () => {
    const found = actions.flatMap(({ name, effects }) =>
      effects.filter((effect) => effect.reach !== 'cascade').map((effect) => line(name, effect)),
    );
    expect(found.sort()).toEqual(expectedEffects.map((effect) => line(effect.action, effect)).sort());
  });

  it('finds exactly what automation adds', () => {
    const found = actions.flatMap(({ name, effects }) =>
      effects
        .filter((effect) => effect.reach === 'cascade' && !isStandardCascade(effect))
        .map((effect) => line(name, effect)),
    );
    expect(found.sort()).toEqual(expectedEffectsOfAutomation.map((effect) => line(effect.action, effect)).sort());
  });

  it('reports each action by exactly the rules that the table states', () => {
    const found = actions.map(({ name }) => {
      const ids = report.findings.filter(({ action }) => action === name).map(({ ruleId }) => ruleId);
      return `${name}: ${[...new Set(ids)].sort().join(', ')}`;
    });
    const offered = new Map(expectedActions.map(({ action, rules }) => [action, rules]));
    expect(found.sort()).toEqual(actions.map(({ name }) => `${name}: ${(offered.get(name) ?? []).join(', ')}`).sort());
  });

  it('reports the agent itself by exactly the rules that the README names', () => {
    const ids = report.findings.flatMap(({ action, ruleId }) => (action === undefined ? [ruleId] : []));
    const [, text = ''] = /Of the agent itself, ([^:]+) must be reported/.exec(read(`${sample}/README.md`)) ?? [];
    expect(ids.sort()).toEqual([...text.matchAll(/_([a-z-]+)_/g)].map(([, id]) => id));
  });

  it('is not ready, and read every file it met', () => {
    expect(report.verdict.status).toBe('not-ready');
    expect(report.coverage.filesFailed).toEqual([]);
  });
});
