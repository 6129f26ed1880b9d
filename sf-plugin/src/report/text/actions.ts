import type { ActionReport, Effect, Finding, PrunedBranch } from '@agent-readiness/protocol';
import { actionsByDanger, effectsByDanger, isOpen, type Answer } from '../answer.ts';
import {
  count,
  effectWords,
  extentWords,
  gateWords,
  identityWords,
  listWords,
  qualifierWords,
  reversibilityWords,
} from '../words.ts';
import { agentTitle } from './headline.ts';
import { cut, cutPath, widthOf, wrap, wrapFacts } from './layout.ts';
import type { Style } from './style.ts';

/** How much of a large project is shown before the file formats are the better place. */
const actionLimit = 8;
const effectLimit = 3;
const hiddenLimit = 4;
const prunedLimit = 2;

/** What each action can change, with the line that proves it; the worst actions of the worst agents. */
export function actionDetails(answers: readonly Answer[], findings: readonly Finding[], style: Style): string[] {
  const lines: string[] = [];
  let room = actionLimit;
  let hidden = 0;
  for (const { agent } of answers) {
    const writing = actionsByDanger(agent, findings);
    const shown = writing.slice(0, room);
    room -= shown.length;
    hidden += writing.length - shown.length;
    const quiet = quietActions(agent.actions, style);
    if (shown.length === 0 && (room === 0 || quiet.length === 0)) continue;
    if (answers.length > 1) lines.push('', agentTitle(agent, style));
    lines.push(...shown.flatMap((action) => oneAction(action, style)), ...quiet);
  }
  if (hidden > 0) lines.push('', style.dim(`+ ${count(hidden, 'more action')} that can change something`));
  return lines;
}

function oneAction({ name, topic, target, effects, pruned }: ActionReport, style: Style): string[] {
  const { arrow, ellipsis } = style.symbols;
  const shownName = cut(name, style.width, ellipsis);
  const where = `${arrow} ${target.type} ${target.name}${topic ? `, topic ${topic}` : ''}`;
  const room = style.width - widthOf(shownName) - 1;
  const sorted = effectsByDanger(effects);
  const shown = sorted.length === effectLimit + 1 ? sorted : sorted.slice(0, effectLimit);
  const hidden = sorted.slice(shown.length).map(effectWords);
  return [
    '',
    shownName + (room > 8 ? ` ${style.dim(cut(where, room, ellipsis))}` : ''),
    ...shown.flatMap((effect) => oneEffect(effect, style)),
    ...(hidden.length > 0
      ? wrap(`+ ${count(hidden.length, 'more effect')}: ${listWords(hidden, hiddenLimit)}`, style.width - 4).map(
          (line) => `    ${style.dim(line)}`,
        )
      : []),
    ...pruned.slice(0, prunedLimit).flatMap((branch) => ruledOut(branch, style)),
  ];
}

function ruledOut({ reason, file, line }: PrunedBranch, style: Style): string[] {
  const place = `${file}:${line}`;
  return [
    ...wrap(`ruled out: ${reason}`, style.width - 4).map((text) => `    ${style.dim(text)}`),
    `    ${style.dim(style.cutPaths ? cutPath(place, style.width - 4, style.symbols.ellipsis) : place)}`,
  ];
}

function oneEffect(effect: Effect, style: Style): string[] {
  const { fail, dot } = style.symbols;
  const open = isOpen(effect);
  const text = wrapFacts(facts(effect), dot, style.width - 4);
  const mark = open ? style.bad(fail) : style.dim(dot);
  return [
    ...text.map((line, index) => (index === 0 ? `  ${mark} ${line}` : `    ${line}`)),
    placeLine(effect, qualifierWords(effect).join(` ${dot} `), style),
  ];
}

/** Of an effect that was not seen only the gate is a fact; the rest of it is the worst case. */
function facts(effect: Effect): string[] {
  const gate = gateWords[effect.gate];
  if (effect.operation === 'unknown') return [effectWords(effect), gate];
  return [
    effectWords(effect),
    extentWords(effect),
    identityWords[effect.identity],
    gate,
    reversibilityWords[effect.reversibility],
  ];
}

function placeLine({ path }: Effect, qualifiers: string, style: Style): string {
  const proof = path.at(-1);
  const place = proof ? `${proof.file}:${proof.line}` : '';
  const room = style.width - 4 - widthOf(qualifiers) - 2;
  const shown = style.cutPaths ? cutPath(place, Math.max(30, room), style.symbols.ellipsis) : place;
  return `    ${shown}  ${style.dim(qualifiers)}`;
}

/** Actions without an effect, and those that nothing binds, in one paragraph each. */
function quietActions(actions: readonly ActionReport[], style: Style): string[] {
  const readOnly = actions.filter(({ reachable, effects }) => reachable && effects.length === 0);
  const unbound = actions.filter(({ reachable }) => !reachable);
  return [...paragraph('Read only', readOnly, style), ...paragraph('Not offered to the model', unbound, style)];
}

const namesShown = 8;

function paragraph(title: string, actions: readonly ActionReport[], style: Style): string[] {
  if (actions.length === 0) return [];
  const names = listWords(actions.map(({ name }) => name).sort(), namesShown);
  return ['', ...wrap(`${title} (${actions.length}): ${names}`, style.width).map((line) => style.dim(line))];
}
