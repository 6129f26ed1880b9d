import {
  effectiveGates,
  identitySchema,
  severities,
  type ActionReport,
  type AgentReport,
  type Effect,
  type Finding,
  type Gate,
  type Identity,
  type Operation,
  type Report,
} from '@agent-readiness/protocol';
import { objectWords } from './words.ts';

/** What people ask about an agent, in the order in which it is answered. */
export const questions = ['deletes', 'writes', 'sends', 'starts', 'unknown'] as const;
export type Question = (typeof questions)[number];

/** One line of the answer: an object, in whose name and behind which gate, and the actions that lead there. */
export interface AnswerRow {
  readonly what: string;
  readonly identity: Identity;
  readonly gate: Gate;
  readonly actions: readonly string[];
  /** Only a consequence of other writes: by automation, or by the delete of a parent. */
  readonly cascade: boolean;
  /** See `danger`. */
  readonly danger: number;
}

/** Can it delete, what, in whose name, who stands in front: for one agent, each list worst first. */
export interface Answer {
  readonly agent: AgentReport;
  /** The name of the agent, with its generation and version where another one has the same name. */
  readonly title: string;
  readonly rows: Readonly<Record<Question, readonly AnswerRow[]>>;
}

function answer(agent: AgentReport, title: string): Answer {
  const reachable = agent.actions.filter((action) => action.reachable);
  const found = reachable.flatMap(({ name, effects }) => effects.map((effect) => ({ name, effect })));
  const rowsOf = (question: Question): AnswerRow[] =>
    toRows(found.filter(({ effect }) => questionOf(effect) === question));
  return {
    agent,
    title,
    rows: {
      deletes: rowsOf('deletes'),
      writes: rowsOf('writes'),
      sends: rowsOf('sends'),
      starts: rowsOf('starts'),
      unknown: rowsOf('unknown'),
    },
  };
}

/** The worst row of an agent's answer and the question it answers; none where nothing can be changed. */
export function worst({ rows }: Answer): { question: Question; row: AnswerRow } | undefined {
  return questions
    .flatMap((question) => rows[question].slice(0, 1).map((row) => ({ question, row })))
    .sort((a, b) => compare(a.row.danger, b.row.danger))[0];
}

function toRows(found: readonly { readonly name: string; readonly effect: Effect }[]): AnswerRow[] {
  const groups = new Map<string, { readonly effects: Effect[]; readonly names: Set<string> }>();
  for (const { name, effect } of found) {
    const key = JSON.stringify([subjectWords(effect), effect.identity, effect.gate]);
    const group = groups.get(key) ?? { effects: [], names: new Set() };
    groups.set(key, group);
    group.effects.push(effect);
    group.names.add(name);
  }
  return [...groups.values()]
    .flatMap(({ effects, names }): AnswerRow[] => {
      const [first] = effects;
      if (!first) return [];
      return [
        {
          what: subjectWords(first),
          identity: first.identity,
          gate: first.gate,
          actions: [...names],
          cascade: effects.every(({ reach }) => reach === 'cascade'),
          danger: worstDanger(effects),
        },
      ];
    })
    .sort((a, b) => compare(a.danger, b.danger) || compare(a.what, b.what));
}

/** Agents, worst first: by what their worst action does. */
export function answers(report: Report): Answer[] {
  const isShared = (name: string): boolean => report.agents.filter((other) => other.name === name).length > 1;
  return report.agents
    .map((agent) => {
      const { name, generation, version } = agent;
      const title = isShared(name) ? `${name} ${generation} ${version}`.trimEnd() : name;
      return { agent, title, danger: worstDanger(agent.actions.flatMap(reachableEffects)) };
    })
    .sort((a, b) => compare(a.danger, b.danger) || compare(a.title, b.title))
    .map(({ agent, title }) => answer(agent, title));
}

/** Actions that can change something, worst first: by their findings, then by their worst effect. */
export function actionsByDanger(agent: AgentReport, findings: readonly Finding[]): ActionReport[] {
  const worst = new Map<string, number>();
  for (const { agent: name, action, severity } of findings) {
    if (name !== agent.name || action === undefined) continue;
    worst.set(action, Math.min(worst.get(action) ?? severities.length, severities.indexOf(severity)));
  }
  return agent.actions
    .filter((action) => action.reachable && action.effects.length > 0)
    .map((action) => ({
      action,
      severity: worst.get(action.name) ?? severities.length,
      danger: worstDanger(action.effects),
    }))
    .sort(
      (a, b) => compare(a.severity, b.severity) || compare(a.danger, b.danger) || compare(a.action.name, b.action.name),
    )
    .map(({ action }) => action);
}

export function effectsByDanger(effects: readonly Effect[]): Effect[] {
  return [...effects].sort((a, b) => compare(danger(a), danger(b)) || compare(a.object, b.object));
}

export function isOpen({ gate }: { readonly gate: Gate }): boolean {
  return !effectiveGates.has(gate);
}

const questionByOperation: Readonly<Record<Operation, Question>> = {
  create: 'writes',
  update: 'writes',
  upsert: 'writes',
  delete: 'deletes',
  undelete: 'writes',
  merge: 'deletes',
  convert: 'deletes',
  'send-message': 'sends',
  callout: 'sends',
  'publish-event': 'sends',
  enqueue: 'starts',
  'invoke-agent': 'starts',
  'call-model': 'starts',
  grant: 'writes',
  unknown: 'unknown',
};

export function questionOf({ operation }: Pick<Effect, 'operation'>): Question {
  return questionByOperation[operation];
}

/** Operations that the question alone does not tell. */
const marks: Readonly<Partial<Record<Operation, string>>> = {
  merge: 'merge',
  convert: 'convert',
  grant: 'grant',
  callout: 'callout',
  'publish-event': 'event',
  enqueue: 'job',
  'invoke-agent': 'agent',
  'call-model': 'prompt',
};

/** What an effect changes, sends to or starts, in one or two words. */
export function subjectWords(effect: Effect): string {
  if (effect.operation === 'unknown') return effect.certainty === 'opaque' ? 'not in source' : 'not understood';
  const mark = marks[effect.operation];
  return `${mark ? `${mark} ` : ''}${objectWords(effect)}`;
}

/** What is unknown may delete; only a delete that is known is worse. */
const urgency: readonly Question[] = ['deletes', 'unknown', 'writes', 'sends', 'starts'];

/**
 * Smaller for a worse effect: first what no working gate stands before, then by question, a type
 * decided at run time, what the action itself does before what follows from it, extent, identity.
 */
function danger(effect: Effect): number {
  const digits = [
    isOpen(effect) ? 0 : 1,
    urgency.indexOf(questionOf(effect)),
    effect.object === '*' ? 0 : 1,
    effect.reach === 'cascade' ? 1 : 0,
    effect.extent === 'unbounded' ? 0 : 1,
    identitySchema.options.length - identitySchema.options.indexOf(effect.identity),
  ];
  return digits.reduce((sum, digit) => sum * 10 + digit, 0);
}

function worstDanger(effects: readonly Effect[]): number {
  return effects.reduce((worstSoFar, effect) => Math.min(worstSoFar, danger(effect)), Infinity);
}

function reachableEffects({ reachable, effects }: ActionReport): readonly Effect[] {
  return reachable ? effects : [];
}

function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
