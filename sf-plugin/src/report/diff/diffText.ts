import type { ChangeKind, EffectDiff, Hop } from '@agent-readiness/protocol';
import { printable } from '../printable.ts';
import { cutPath, wrap, wrapFacts } from '../text/layout.ts';
import type { Style } from '../text/style.ts';
import { changesByAction, type ActionChanges, type ChangeGroup } from './groups.ts';
import { diffReason, diffStep, diffTitles } from './verdict.ts';

const signs: Readonly<Record<ChangeKind, string>> = { added: '+', widened: '!', narrowed: '~', removed: '-' };

/** The difference for people: what is new first, with the way to it. */
export function diffText(untrusted: EffectDiff, style: Style): string {
  const diff = printable(untrusted);
  const step = diffStep(diff);
  return [
    ...verdictLines(diff, style),
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
  const title = `${agent} ${style.symbols.arrow} ${topic === '' ? '' : `${topic} ${style.symbols.arrow} `}${action}`;
  return [
    '',
    ...wrap(`${title}${presenceWords[presence]}`, style.width).map((line) => style.strong(line)),
    ...groups.flatMap((group) => groupLines(group, style)),
  ];
}

function groupLines({ kind, first, what, others, facts }: ChangeGroup, style: Style): string[] {
  const { dot, arrow } = style.symbols;
  const paint = { added: style.bad, widened: style.bad, narrowed: style.good, removed: style.good }[kind];
  const shown = [what, ...facts].map((fact) => fact.replaceAll('→', arrow));
  const [line = '', ...rest] = wrapFacts(shown, dot, style.width - 4);
  const also = others.length === 0 ? [] : wrap(`and ${first.effect.operation} ${others.join(', ')}`, style.width - 4);
  return [
    `  ${paint(signs[kind])} ${line}`,
    ...[...rest, ...also].map((each) => `    ${each}`),
    ...(kind === 'added' || kind === 'widened' ? first.path.flatMap((hop) => hopLines(hop, style)) : []),
  ];
}

function hopLines({ file, line, label }: Hop, style: Style): string[] {
  const place = `${file}:${line}`;
  const shown = style.cutPaths ? cutPath(place, style.width - 6, style.symbols.ellipsis) : place;
  const [first = '', ...rest] = wrapFacts([label, shown], '', style.width - 6);
  return [first, ...rest].map((each, index) => style.dim(`      ${index === 0 ? '' : '  '}${each.replace('  ', ' ')}`));
}
