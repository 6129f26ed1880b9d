import type { ActionReport, Effect, Hop, Report } from '@agent-readiness/protocol';
import type { LabelledAction, LabelledEffect, Labels, Pattern } from './labels.ts';

/** Where an effect was looked for. */
export interface Site {
  readonly project: string;
  readonly agent: string;
  readonly topic: string;
  readonly action: string;
}

/**
 * What became of one effect: a `hit` is both labelled and reported, a `miss` only labelled, an `extra` only reported.
 * Reported, but neither right nor wrong for the measure: what the labels leave to the `platform`, and what they say is
 * `ruled-out` by values alone.
 */
export type Outcome = Site &
  (
    | { readonly kind: 'hit'; readonly label: LabelledEffect; readonly effect: Effect }
    | { readonly kind: 'miss'; readonly label: LabelledEffect }
    | { readonly kind: 'extra' | 'platform' | 'ruled-out'; readonly effect: Effect }
  );

/** A difference in the actions themselves. Without it, effects could go missing together with their action. */
export interface Disagreement extends Site {
  readonly problem: 'not reported' | 'not labelled' | 'reported as reachable' | 'reported as unreachable';
}

export interface Comparison {
  readonly outcomes: readonly Outcome[];
  readonly disagreements: readonly Disagreement[];
}

/** Compares what was found in a project by hand with what the check reports of it. */
export function compare({ project, agents }: Labels, report: Report): Comparison {
  const outcomes: Outcome[] = [];
  const disagreements: Disagreement[] = [];
  for (const { agent, actions } of agents) {
    const reported = report.agents.find(({ name }) => name === agent)?.actions ?? [];
    for (const labelled of actions) {
      const site = { project, agent, topic: labelled.topic, action: labelled.action };
      const found = reported.find((each) => isSame(labelled, each));
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
  return { outcomes, disagreements };
}

function isSame(labelled: LabelledAction, { name, topic }: ActionReport): boolean {
  return labelled.action === name && labelled.topic === topic;
}

function compareEffects(site: Site, action: LabelledAction, effects: readonly Effect[]): Outcome[] {
  const labels = action.effects.map((label): Outcome => {
    const effect = effects.find((each) => key(each) === key(label));
    return effect ? { ...site, kind: 'hit', label, effect } : { ...site, kind: 'miss', label };
  });
  const rest = effects.filter((effect) => !action.effects.some((label) => key(label) === key(effect)));
  // Effects can share what is compared here and differ in the rest, such as the gate: they are one outcome.
  const first = rest.filter((effect) => rest.find((each) => key(each) === key(effect)) === effect);
  return [
    ...labels,
    ...first.map((effect): Outcome => {
      const alike = rest.filter((each) => key(each) === key(effect));
      const isLeftTo = (patterns: readonly Pattern[]): boolean =>
        alike.every((each) => patterns.some((pattern) => covers(pattern, each)));
      const kind = isLeftTo(action.platform) ? 'platform' : isLeftTo(action.ruledOut) ? 'ruled-out' : 'extra';
      return { ...site, kind, effect };
    }),
  ];
}

/** API names of objects ignore letter case. */
function key({ operation, object, reach }: Effect | LabelledEffect): string {
  return `${operation} ${object.toLowerCase()} ${reach}`;
}

function covers({ operation, object, reach, via }: Pattern, effect: Effect): boolean {
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
