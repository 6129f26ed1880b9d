import type { Finding, Place, Report } from '@agent-readiness/protocol';
import { actionsByDanger, answers, effectsByDanger, isOpen, questions, type Answer } from '../answer.ts';
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

/** A comment on GitHub holds 65,536 characters; what does not fit is counted, worst first. */
const maxLength = 60_000;

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
  const symbol = { ready: '✅', 'not-ready': '❌', incomplete: '⚠️' }[report.verdict.status];
  const title = `## ${symbol} Agent readiness: ${verdictTitles[report.verdict.status]}`;
  return fitted([
    { before: [mark, title, '', `${escape(verdictReason(report))}.`], rows: [], after: [] },
    open(answerTitles, answered.flatMap(ownRows)),
    folded(
      'What follows by automation',
      answerTitles,
      answered.flatMap((answer) => answerRows(answer, true)),
    ),
    folded(
      count(report.findings.length, 'finding'),
      ['severity', 'rule', 'finding', 'fix', 'place'],
      report.findings.map(findingRow),
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

/** What the actions do themselves; what follows by automation would bury it. */
function ownRows(answer: Answer): string[] {
  const found = answerRows(answer, false);
  return found.length > 0 ? found : [row([code(answer.title), 'changes nothing', '', '', '', ''])];
}

function answerRows({ title, rows }: Answer, cascade: boolean): string[] {
  return questions.flatMap((question) =>
    rows[question]
      .filter((answerRow) => answerRow.cascade === cascade)
      .map((answerRow) =>
        row([
          code(title),
          question === 'unknown' ? 'runs code' : question.replace(/s$/, ''),
          code(answerRow.what),
          identityWords[answerRow.identity],
          gateCell(answerRow),
          code(listWords(answerRow.actions, 3)),
        ]),
      ),
  );
}

function gateCell(gated: Pick<Parameters<typeof isOpen>[0], 'gate'>): string {
  return isOpen(gated) ? `**${gateWords[gated.gate]}**` : gateWords[gated.gate];
}

function findingRow({ severity, ruleId, message, fix, place }: Finding): string {
  return row([severity, code(ruleId), escape(message), escape(fix), placeCell(place)]);
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
