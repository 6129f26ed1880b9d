import type { Place } from '@agent-readiness/protocol';
import { isOpen } from '../answer.ts';
import { printable } from '../printable.ts';
import { cutPath, wrap } from '../text/layout.ts';
import { notSeen } from '../text/notSeen.ts';
import { heading, type Style } from '../text/style.ts';
import { count } from '../words.ts';
import type { ExplainedEffect, Explanation } from './explanation.ts';
import { pathLines } from './pathText.ts';
import { effectSentence, harmlessReason, reasonsOf } from './reasons.ts';

/** Effects beyond these are told without their paths. */
const shownInFull = 10;

/** The explanation for people: what the action can do, worst first, and how it comes to that. */
export function explainText(untrusted: Explanation, style: Style): string {
  const explanation = printableExplanation(untrusted);
  const { action, effects, coverage } = explanation;
  const inFull = effects.slice(0, shownInFull);
  const inShort = effects.slice(shownInFull);
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', heading(title, style), ...lines];
  const lines = [
    ...opening(explanation, style),
    ...inFull.flatMap((effect, index) =>
      section(`${index + 1} of ${effects.length}`, [
        ...sentence(effect, style),
        ...reasons(effect, inFull.slice(0, index), explanation, style),
        ...pathLines(effect, inFull.slice(0, index), style),
      ]),
    ),
    ...section(`The other ${inShort.length}`, withoutPaths(inShort, style)),
    ...section(
      'Ruled out',
      action.pruned.flatMap((branch) => [...wrap(branch.reason, style.width), placeLine(branch, style)]),
    ),
    ...section('Not seen', notSeen(coverage, style)),
  ];
  return [...lines, ''].join('\n');
}

/** Source is safe to print already, and keeps its indentation. */
function printableExplanation({ effects, ...rest }: Explanation): Explanation {
  return {
    ...printable(rest),
    effects: effects.map(({ path, ...effect }) => ({
      ...printable(effect),
      path: path.map(({ source, ...hop }) => ({ ...printable(hop), source })),
    })),
  };
}

/** Which action it is, and how many effects follow; of an action without effects, why it has none. */
function opening(explanation: Explanation, style: Style): string[] {
  const { agent, action, effects, otherEffects } = explanation;
  const { name, topic, target, place } = action;
  const version = [agent.generation, agent.version].filter((part) => part !== '').join(' ');
  const where = `${topic === '' ? '' : `, topic ${topic}`} (${version})`;
  const all = effects.length + otherEffects;
  const amount = `${otherEffects > 0 ? `${effects.length} of ` : ''}${count(all, 'effect')}`;
  return [
    ...wrap(`${agent.name}.${name}`, style.width).map(style.strong),
    ...wrap(`${style.symbols.arrow} ${target.type} ${target.name}${where}`, style.width),
    ...(all === 0
      ? [...wrap(harmlessReason(explanation), style.width), placeLine(place, style)]
      : [effects.length > 1 ? `${amount}, worst first` : amount]),
  ];
}

function sentence(effect: ExplainedEffect, style: Style): string[] {
  const { fail, dot } = style.symbols;
  const mark = isOpen(effect) ? style.bad(fail) : style.dim(dot);
  return wrap(effectSentence(effect), style.width - 2).map(
    (line, index) => `${index === 0 ? `${mark} ` : '  '}${line}`,
  );
}

const attributeWidth = 11;

/** Reasons that an effect before it has as well are not told again. */
function reasons(
  effect: ExplainedEffect,
  earlier: readonly ExplainedEffect[],
  explanation: Explanation,
  style: Style,
): string[] {
  const told = new Set(earlier.flatMap((each) => reasonsOf(each, explanation).map(({ because }) => because)));
  const all = reasonsOf(effect, explanation);
  const known = all.filter(({ because }) => told.has(because));
  return [
    ...all
      .filter((reason) => !known.includes(reason))
      .flatMap(({ attribute, value, because }) => fact(attribute, `${value}: ${because}`, style)),
    ...(known.length > 0
      ? fact('as above', known.map(({ attribute, value }) => `${attribute} ${value}`).join(', '), style)
      : []),
  ];
}

function fact(title: string, text: string, style: Style): string[] {
  return wrap(text, style.width - attributeWidth - 2).map(
    (line, index) => `  ${style.dim((index === 0 ? title : '').padEnd(attributeWidth))}${line}`,
  );
}

/** Each effect with the line that proves it, and how to see the path to one of them. */
function withoutPaths(effects: readonly ExplainedEffect[], style: Style): string[] {
  const [first] = effects;
  if (!first) return [];
  return [
    ...effects.flatMap((effect) => [...sentence(effect, style), ...proof(effect, style)]),
    '',
    ...wrap(`For the path to one of them: --effect ${first.operation}:${first.object}`, style.width),
  ];
}

function proof({ path }: ExplainedEffect, style: Style): string[] {
  return path.slice(-1).map((last) => placeLine(last, style));
}

function placeLine({ file, line }: Place, { dim, cutPaths, symbols, width }: Style): string {
  const place = `${file}:${line}`;
  return `    ${dim(cutPaths ? cutPath(place, width - 4, symbols.ellipsis) : place)}`;
}
