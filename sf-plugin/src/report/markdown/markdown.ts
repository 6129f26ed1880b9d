import { counts, type Finding, type Place, type Report } from '@agent-readiness/protocol';
import {
  actionsByDanger,
  answers,
  effectsByDanger,
  isOpen,
  questions,
  type Answer,
  type AnswerRow,
  type Question,
} from '../answer.ts';
import { printable } from '../printable.ts';
import { seenWords, verdictReason, verdictTitles } from '../verdict.ts';
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
import { code, escape, row, tableHead } from './escape.ts';

/**
 * A comment on GitHub holds 65,536 characters, and the difference may stand in the same one, before this.
 * What does not fit is counted; the worst is shown.
 */
const maxLength = 24_000;

/** Rows in the open: a comment is read on the way to something else. */
const rowsInTheOpen = 10;

/** By this mark a job finds its own comment, to update it in place. */
const mark = '<!-- agent-readiness -->';

const answerTitles = ['agent', 'can', 'what', 'in whose name', 'in front', 'through'];

/** Lines that come together; of the rows as many as there is room for. */
interface Part {
  readonly before: readonly string[];
  readonly rows: readonly string[];
  readonly after: readonly string[];
}

/** The report as a comment on a pull request: the answer open, the evidence folded. */
export function toMarkdown(untrusted: Report): string {
  const report = printable(untrusted);
  const answered = answers(report);
  const { filesFailed, opaqueTargets } = report.coverage;
  const counting = report.findings.filter(counts);
  const excused = report.findings.filter((finding) => !counts(finding));
  const symbol = { ready: '✅', 'not-ready': '❌', incomplete: '⚠️' }[report.verdict.status];
  const title = `## ${symbol} Agent readiness: ${verdictTitles[report.verdict.status]}`;
  return fitted([
    { before: [mark, title, '', `${escape(verdictReason(report))}.`], rows: [], after: [] },
    ...answerParts(answered),
    folded('What follows by automation', answerTitles, answered.flatMap(consequenceRows)),
    folded(
      count(counting.length, 'finding'),
      ['severity', 'rule', 'finding', 'fix', 'place'],
      counting.map(findingRow),
    ),
    folded(
      `${count(excused.length, 'finding')} that the verdict does not count`,
      ['severity', 'rule', 'finding', 'why', 'place'],
      excused.map(excusedRow),
    ),
    folded(
      'What each action can change',
      ['action', 'effect', 'reach', 'in whose name', 'in front', 'undo', 'proof'],
      answered.flatMap((answer) => effectRows(answer, report.findings)),
    ),
    folded(
      'Not seen',
      ['reason', 'place'],
      [...filesFailed, ...opaqueTargets].map((item) => row([escape(item.reason), placeCell(item)])),
    ),
    { before: ['', `<sub>${seenWords(report)}</sub>`], rows: [], after: [] },
  ]);
}

function open(titles: readonly string[], rows: readonly string[]): Part {
  return { before: ['', ...tableHead(titles)], rows, after: [] };
}

function folded(title: string, titles: readonly string[], rows: readonly string[]): Part {
  if (rows.length === 0) return { before: [], rows, after: [] };
  const before = ['', `<details><summary>${title}</summary>`, '', ...tableHead(titles)];
  return { before, rows, after: ['', '</details>'] };
}

function fitted(parts: readonly Part[]): string {
  const fixed = parts.flatMap(({ before, after }) => [...before, ...after]);
  let room = maxLength - fixed.join('\n').length;
  const lines = parts.flatMap(({ before, rows, after }) => {
    const overflow = rows.findIndex((text) => (room -= text.length + 1) < 0);
    const shown = overflow === -1 ? rows : rows.slice(0, overflow);
    const hidden = rows.length - shown.length;
    return [...before, ...shown, ...(hidden > 0 ? ['', `+ ${hidden} more in the JSON report`] : []), ...after];
  });
  return `${lines.join('\n')}\n`;
}

/** What the actions do themselves, the worst in the open. */
function answerParts(answered: readonly Answer[]): Part[] {
  const rows = answered.flatMap(ownRows);
  const shown = rows.slice(0, rows.length === rowsInTheOpen + 1 ? undefined : rowsInTheOpen);
  const harmless = answered.filter((answer) => questions.every((question) => answer.rows[question].length === 0));
  const names = harmless.map(({ title }) => title);
  return [
    ...(shown.length > 0 ? [open(answerTitles, shown)] : []),
    ...(names.length > 0
      ? [
          {
            before: ['', `${code(listWords(names, 5))} ${names.length === 1 ? 'changes' : 'change'} nothing.`],
            rows: [],
            after: [],
          },
        ]
      : []),
    folded(`The other ${rows.length - shown.length}`, answerTitles, rows.slice(shown.length)),
  ];
}

function ownRows({ title, rows }: Answer): string[] {
  return questions.flatMap((question) =>
    rows[question].filter(({ cascade }) => !cascade).map((each) => answerLine(title, question, each, [each.what])),
  );
}

/** What happens in the same name, behind the same gate and through the same actions is one row. */
function consequenceRows({ title, rows }: Answer): string[] {
  return questions.flatMap((question) => {
    const groups = Map.groupBy(
      rows[question].filter(({ cascade }) => cascade),
      ({ identity, gate, actions }) => JSON.stringify([identity, gate, actions]),
    );
    return [...groups.values()].flatMap(([first, ...rest]) =>
      first
        ? [
            answerLine(
              title,
              question,
              first,
              [first, ...rest].map(({ what }) => what),
            ),
          ]
        : [],
    );
  });
}

function answerLine(title: string, question: Question, line: AnswerRow, what: readonly string[]): string {
  return row([
    code(title),
    question === 'unknown' ? 'runs code' : question.replace(/s$/, ''),
    code(listWords(what, 12)),
    identityWords[line.identity],
    gateCell(line),
    code(listWords(line.actions, 3)),
  ]);
}

function gateCell(gated: Pick<Parameters<typeof isOpen>[0], 'gate'>): string {
  return isOpen(gated) ? `**${gateWords[gated.gate]}**` : gateWords[gated.gate];
}

function findingRow({ severity, ruleId, message, fix, place }: Finding): string {
  return row([severity, code(ruleId), escape(message), escape(fix), placeCell(place)]);
}

function excusedRow({ severity, ruleId, message, waivedBy, place }: Finding): string {
  const why = waivedBy
    ? `waived until ${waivedBy.expires} by ${waivedBy.owner}, approved by ${waivedBy.approver}: ${waivedBy.reason}`
    : 'known before, by the baseline';
  return row([severity, code(ruleId), escape(message), escape(why), placeCell(place)]);
}

function effectRows({ agent, title }: Answer, findings: readonly Finding[]): string[] {
  return actionsByDanger(agent, findings).flatMap((action) =>
    effectsByDanger(action.effects).map((effect) =>
      row([
        code(`${title}/${action.name}`),
        escape(effectWords(effect)),
        [extentWords(effect), ...qualifierWords(effect)].join(', '),
        identityWords[effect.identity],
        gateCell(effect),
        reversibilityWords[effect.reversibility],
        placeCell(effect.path.at(-1)),
      ]),
    ),
  );
}

function placeCell(place: Place | undefined): string {
  return place ? code(`${place.file}:${place.line}`) : '';
}
