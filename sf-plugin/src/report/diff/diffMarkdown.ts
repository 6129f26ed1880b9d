import { isMore, type ChangeKind, type EffectDiff, type Hop } from '@agent-readiness/protocol';
import { code, escape } from '../markdown/escape.ts';
import { printable } from '../printable.ts';
import { changesByAction, type ActionChanges, type ChangeGroup } from './groups.ts';
import { diffReason, diffStep, diffTitles, runsAsLines } from './verdict.ts';

/** By this mark a job finds its own comment, to update it in place. */
const mark = '<!-- agent-readiness-diff -->';

/**
 * A comment on GitHub holds 65,536 characters, and the report of the check may stand in the same one, after
 * this. What does not fit is counted.
 */
const maxLength = 40_000;

const signs: Readonly<Record<ChangeKind, string>> = { added: '➕', widened: '🔺', narrowed: '🔻', removed: '➖' };

/** The difference as a comment on a pull request. */
export function diffMarkdown(untrusted: EffectDiff): string {
  const diff = printable(untrusted);
  const symbol = { accepted: '✅', refused: '❌', incomplete: '⚠️' }[diff.verdict.status];
  const step = diffStep(diff);
  const head = [
    mark,
    `## ${symbol} Agent authority: ${diffTitles[diff.verdict.status]}`,
    '',
    `${escape(diffReason(diff))}.`,
    ...runsAsLines(diff).flatMap((line) => ['', `${signs.widened} ${escape(line)}`]),
  ];
  const actions = changesByAction(diff);
  const lines = actions.flatMap(actionLines);
  const foot = step === undefined ? [] : ['', escape(step)];
  const room = maxLength - [...head, ...foot].join('\n').length;
  const shown = fitting(lines, room);
  const hidden = lines.slice(shown.length).filter((line) => line.startsWith('- ')).length;
  const rest = hidden > 0 ? ['', `${hidden} more: see the JSON of the diff.`] : [];
  const paths = foldedPaths(actions, room - shown.join('\n').length);
  return `${[...head, ...shown, ...rest, ...paths, ...foot].join('\n')}\n`;
}

/** The first lines that fit into so many characters. */
function fitting(rows: readonly string[], room: number): readonly string[] {
  let used = 0;
  const end = rows.findIndex((each) => (used += each.length + 1) > room);
  return end === -1 ? rows : rows.slice(0, end);
}

const presenceWords = { new: ' (new action)', gone: ' (action gone)', both: '' } as const;

/** A list, not a table: names and paths are long, and a comment is narrow. */
function actionLines({ agent, topic, action, presence, groups }: ActionChanges): string[] {
  const name = code([agent, topic, action].filter((part) => part !== '').join('.'));
  return ['', `**${name}**${presenceWords[presence]}`, '', ...groups.map(groupLine)];
}

function groupLine({ kind, first, what, others, facts }: ChangeGroup): string {
  const also = others.length === 0 ? '' : `, ${first.effect.operation} ${escape(others.join(', '))}`;
  const words = [`${kind} **${escape(what)}**${also}`, ...facts.map(escape)].join(' · ');
  return [`- ${signs[kind]} ${words}`, placeCode(first.path.at(-1))].filter((part) => part !== '').join('<br>');
}

/** The way to each effect that is new or wider, folded: it is read by whoever asks why. */
function foldedPaths(actions: readonly ActionChanges[], room: number): string[] {
  const lines = actions.flatMap(({ groups }) => groups.filter(({ kind }) => isMore(kind)).flatMap(pathLines));
  const frame = ['', '<details><summary>How each of them is reached</summary>', '', '', '</details>'];
  const shown = fitting(lines, room - frame.join('\n').length);
  if (shown.length === 0) return [];
  return [...frame.slice(0, 3), ...shown, ...frame.slice(3)];
}

function pathLines({ first, what }: ChangeGroup): string[] {
  const steps = first.path.map((hop, at) => `${at + 1}. ${escape(hop.label)} ${placeCode(hop)}`);
  return [`**${escape(what)}**`, '', ...steps, ''];
}

function placeCode(hop: Hop | undefined): string {
  return hop === undefined ? '' : code(`${hop.file}:${hop.line}`);
}
