import {
  counts,
  severities,
  type ActionReport,
  type AgentReport,
  type Effect,
  type Finding,
  type Gate,
  type Report,
  type Severity,
} from '@agent-readiness/protocol';
import { actionsByDanger, answers, effectsByDanger, isOpen, type Answer } from '../answer.ts';

/**
 * An effect with the number by which the page refers to it. Consequences that differ in nothing but their
 * object and the last step are one: `objects` are theirs.
 */
export interface EffectView {
  readonly number: number;
  readonly effect: Effect;
  readonly objects: readonly string[];
}

export interface ActionView {
  readonly id: string;
  readonly action: ActionReport;
  /** Worst first. */
  readonly effects: readonly EffectView[];
  /** Those that count. */
  readonly findings: readonly Finding[];
}

/** One agent as the page shows it; actions that change something stand apart from the others. */
export interface AgentView {
  readonly id: string;
  readonly answer: Answer;
  readonly agent: AgentReport;
  /** Worst first. */
  readonly acting: readonly ActionView[];
  readonly readOnly: readonly ActionReport[];
  readonly unreachable: readonly ActionReport[];
}

/** The agents of a report, worst first, with everything numbered in the order in which it is shown. */
export function agentViews(report: Report): AgentView[] {
  const findings = report.findings.filter(counts);
  const byAction = Map.groupBy(findings, ({ agent, action }) => JSON.stringify([agent, action]));
  let actionNumber = 0;
  let effectNumber = 0;
  return answers(report).map((answer, index): AgentView => {
    const { agent } = answer;
    return {
      id: `agent-${index + 1}`,
      answer,
      agent,
      acting: actionsByDanger(agent, findings).map((action) => ({
        id: `action-${++actionNumber}`,
        action,
        effects: joinConsequences(effectsByDanger(action.effects)).map((joined) => ({
          ...joined,
          number: ++effectNumber,
        })),
        findings: byAction.get(JSON.stringify([agent.name, action.name])) ?? [],
      })),
      readOnly: agent.actions.filter(({ reachable, effects }) => reachable && effects.length === 0),
      unreachable: agent.actions.filter(({ reachable }) => !reachable),
    };
  });
}

/** A delete takes dozens of children with it, all in the same way. */
function joinConsequences(effects: readonly Effect[]): Omit<EffectView, 'number'>[] {
  const groups = Map.groupBy(effects, (effect) => {
    if (effect.reach !== 'cascade') return effect;
    const [before, last] = [effect.path.slice(0, -1), effect.path.at(-1)];
    return JSON.stringify({ ...effect, object: '', path: [...before, { ...last, label: '' }] });
  });
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const objects = group.map(({ object }) => object);
    const labels = group.flatMap(({ path }) => path.slice(-1).map(({ label }) => label));
    const path = first.path.map((hop, index) =>
      index === first.path.length - 1 ? { ...hop, label: labels.join('; ') } : hop,
    );
    return [{ effect: { ...first, object: objects.join(', '), path }, objects }];
  });
}

export function worstSeverity(findings: readonly Finding[]): Severity | undefined {
  return severities.find((severity) => findings.some((finding) => finding.severity === severity));
}

/** Whether a gate is one at all, and whether it stops the model: the three colours of the page. */
export type Standing = 'open' | 'weak' | 'holds';

export function standing(gate: Gate): Standing {
  if (gate === 'none') return 'open';
  return isOpen({ gate }) ? 'weak' : 'holds';
}
