import type { ActionReport, Effect, Hop, Report } from '@agent-readiness/protocol';
import type { LabelledAction, LabelledEffect, Labels, Uncounted } from './labels.ts';

/** Where an effect was looked for. */
export interface Site {
  readonly project: string;
  readonly agent: string;
  readonly topic: string;
  readonly action: string;
}

/**
 * What became of one effect: `hit` is both labelled and reported, `miss` only labelled, `extra` only reported. An
 * `uncounted` one is reported, and a label leaves it out of the measure.
 */
export type Outcome = Site &
  (
    | { readonly kind: 'hit'; readonly label: LabelledEffect; readonly effect: Effect }
    | { readonly kind: 'miss'; readonly label: LabelledEffect }
    | { readonly kind: 'extra' | 'uncounted'; readonly effect: Effect }
  );

/** A difference in the actions themselves. Without it, effects could go missing together with their action. */
export interface Disagreement extends Site {
  readonly problem: 'not reported' | 'not labelled' | 'reported as reachable' | 'reported as unreachable';
}

export interface Comparison {
  readonly actions: number;
  readonly outcomes: readonly Outcome[];
  readonly disagreements: readonly Disagreement[];
}

/** Compares what a person found in a project with what the check reports of it. */
export function compare({ project, agents }: Labels, report: Report): Comparison {
  const outcomes: Outcome[] = [];
  const disagreements: Disagreement[] = [];
  for (const { agent, actions } of agents) {
    const reported = report.agents.find(({ name }) => name === agent)?.actions ?? [];
    for (const labelled of actions) {
      const site = { project, agent, topic: labelled.topic, action: labelled.action };
      const found = reported.find(({ name, topic }) => name === labelled.action && topic === labelled.topic);
      outcomes.push(...compareEffects(site, labelled, found?.effects ?? []));
      if (!found) disagreements.push({ ...site, problem: 'not reported' });
      else if (found.reachable !== labelled.reachable) {
        disagreements.push({ ...site, problem: found.reachable ? 'reported as reachable' : 'reported as unreachable' });
      }
    }
    for (const extra of reported.filter((each) => !actions.some((labelled) => isSame(labelled, each)))) {
      const site = { project, agent, topic: extra.topic, action: extra.name };
      disagreements.push({ ...site, problem: 'not labelled' });
      outcomes.push(...extra.effects.map((effect): Outcome => ({ ...site, kind: 'extra', effect })));
    }
  }
  return { actions: agents.reduce((sum, { actions }) => sum + actions.length, 0), outcomes, disagreements };
}

function isSame(labelled: LabelledAction, { name, topic }: ActionReport): boolean {
  return labelled.action === name && labelled.topic === topic;
}

function compareEffects(
  site: Site,
  { effects: labels, uncounted }: LabelledAction,
  effects: readonly Effect[],
): Outcome[] {
  // Several effects of the report can share what is compared here, and differ in identity or gate.
  const left = new Set(effects);
  const outcomes = labels.map((label): Outcome => {
    const same = effects.filter((effect) => key(effect) === key(label));
    for (const effect of same) left.delete(effect);
    const [effect] = same;
    return effect ? { ...site, kind: 'hit', label, effect } : { ...site, kind: 'miss', label };
  });
  const extras = new Map<string, Outcome>();
  for (const effect of left) {
    const kind = uncounted.some((pattern) => covers(pattern, effect)) ? 'uncounted' : 'extra';
    extras.set(key(effect), { ...site, kind, effect });
  }
  return [...outcomes, ...extras.values()];
}

/** API names of objects ignore letter case. */
function key({ operation, object, reach }: Effect | LabelledEffect): string {
  return `${operation} ${object.toLowerCase()} ${reach}`;
}

function covers({ operation, object, reach, via }: Uncounted, effect: Effect): boolean {
  const isStandard = !effect.object.includes('__') && effect.object !== '*';
  return (
    (operation ?? effect.operation) === effect.operation &&
    (reach ?? effect.reach) === effect.reach &&
    (object === undefined || object === effect.object || (object === 'standard' && isStandard)) &&
    (via === undefined || via.some((end) => effect.path.some((hop) => passes(hop, end))))
  );
}

function passes({ file, line }: Hop, end: string): boolean {
  return file.endsWith(end) || `${file}:${line}`.endsWith(end);
}
