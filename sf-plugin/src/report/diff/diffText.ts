import { isMore, type ChangeKind, type EffectDiff, type Hop } from '@agent-readiness/protocol';
import { printable } from '../printable.ts';
import { cutPath, widthOf, wrap, wrapFacts } from '../text/layout.ts';
import type { Style } from '../text/style.ts';
import { count } from '../words.ts';
import { changesByAction, type ActionChanges, type ChangeGroup } from './groups.ts';
import { diffReason, diffStep, diffTitles, runsAsLines } from './verdict.ts';

const signs: Readonly<Record<ChangeKind, string>> = { added: '+', widened: '!', narrowed: '~', removed: '-' };

/** The difference for people: what is new first, with the way to it. */
export function diffText(untrusted: EffectDiff, style: Style): string {
  const diff = printable(untrusted);
  const step = diffStep(diff);
  return [
    ...verdictLines(diff, style),
    ...runsAsLines(diff).flatMap((line) => ['', ...wrap(line.replaceAll('→', style.symbols.arrow), style.width)]),
    ...changesByAction(diff).flatMap((action) => actionLines(action, style)),
    ...(step === undefined ? [] : ['', ...wrap(step, style.width)]),
    '',
  ].join('\n');
}

function verdictLines(diff: EffectDiff, style: Style): string[] {
  const { status } = diff.verdict;
  const title = `${status === 'accepted' ? style.symbols.pass : style.symbols.fail} ${diffTitles[status]}`;
  const paint = { accepted: style.good, refused: style.bad, incomplete: style.warn }[status];
  const [first = '', ...rest] = wrap(`${title}  ${diffReason(diff)}.`, style.width);
  return [paint(title) + first.slice(title.length), ...rest];
}

const presenceWords = { new: ' (new action)', gone: ' (action gone)', both: '' } as const;

function actionLines({ agent, topic, action, presence, groups }: ActionChanges, style: Style): string[] {
  const title = [agent, topic, action].filter((part) => part !== '').join(` ${style.symbols.arrow} `);
  return [
    '',
    ...wrap(`${title}${presenceWords[presence]}`, style.width).map((line) => style.strong(line)),
    ...groups.flatMap((group, at) => groupLines(group, groups[at - 1], style)),
  ];
}

function groupLines(group: ChangeGroup, previous: ChangeGroup | undefined, style: Style): string[] {
  const { kind, first, what, others, facts } = group;
  const { dot, arrow } = style.symbols;
  const paint = { added: style.bad, widened: style.bad, narrowed: style.good, removed: style.good }[kind];
  const shown = [what, ...facts].map((fact) => fact.replaceAll('→', arrow));
  const [line = '', ...rest] = wrapFacts(shown, dot, style.width - 4);
  const also = others.length === 0 ? [] : wrap(`and ${first.effect.operation} ${others.join(', ')}`, style.width - 4);
  return [
    `  ${paint(signs[kind])} ${line}`,
    ...[...rest, ...also].map((each) => `    ${each}`),
    ...(isMore(kind) ? pathLines(first.path, previous && isMore(previous.kind) ? previous.first.path : [], style) : []),
  ];
}

/** The steps to an effect; those that it shares with the one before are not told again. */
function pathLines(path: readonly Hop[], before: readonly Hop[], style: Style): string[] {
  const differs = path.findIndex((hop, at) => hop.label !== before[at]?.label || placeOf(hop) !== placeOf(before[at]));
  const shared = Math.max(0, differs === -1 ? path.length - 1 : differs);
  const asAbove = shared > 0 ? [`${style.symbols.ellipsis} ${count(shared, 'step')} as above`] : [];
  const hops = path.slice(shared).flatMap((hop, at) => hopLines(hop, path[shared + at - 1], style));
  return [...asAbove, ...hops].map((line) => style.dim(`      ${line}`));
}

/** Label and place on one line where they fit; a file is named once. */
function hopLines(hop: Hop, previous: Hop | undefined, style: Style): string[] {
  const room = style.width - 6;
  const place = hop.file === previous?.file ? `:${hop.line}` : placeOf(hop);
  if (widthOf(`${hop.label}  ${place}`) <= room) return [`${hop.label}  ${place}`];
  const shown = style.cutPaths ? cutPath(place, room - 2, style.symbols.ellipsis) : place;
  return [...wrap(hop.label, room), `  ${shown}`];
}

function placeOf(hop: Hop | undefined): string {
  return hop === undefined ? '' : `${hop.file}:${hop.line}`;
}
