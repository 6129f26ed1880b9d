import type { AgentReport } from '@agent-readiness/protocol';
import { isOpen, questions, worst, type Answer, type AnswerRow, type Question } from '../answer.ts';
import { count, gateWords, identityWords, listWords } from '../words.ts';
import { cut, pad, widthOf } from './layout.ts';
import type { Style } from './style.ts';

/** Rows per question; one agent gets room for more. */
const rowLimits: Readonly<Record<Question, { one: number; several: number }>> = {
  deletes: { one: 4, several: 2 },
  writes: { one: 3, several: 1 },
  sends: { one: 2, several: 1 },
  starts: { one: 1, several: 1 },
  unknown: { one: 2, several: 1 },
};

/** More agents than this are answered in one line each. */
const agentsInFull = 3;
const agentsListed = 12;

const label = 9;
const gap = 2;

/** The answer for every agent, in about one screen. */
export function headline(answers: readonly Answer[], style: Style): string[] {
  if (answers.length > agentsInFull) return overview(answers, style);
  return answers.flatMap((answer) => ['', agentTitle(answer.agent, style), ...table(answer, answers.length, style)]);
}

export function agentTitle({ name, generation, version, runsAs, actions }: AgentReport, style: Style): string {
  const facts = [
    [generation, version].filter((fact) => fact !== '').join(' '),
    count(actions.length, 'action'),
    ...(runsAs === undefined ? [] : [`runs as ${runsAs}`]),
  ].join(` ${style.symbols.dot} `);
  const shown = cut(name, style.width, style.symbols.ellipsis);
  const room = style.width - widthOf(shown) - 2;
  return style.strong(shown) + (room > 0 ? `  ${style.dim(cut(facts, room, style.symbols.ellipsis))}` : '');
}

/** A row with its cells as text; `open` says whether the gate holds. */
interface Row {
  readonly cells: readonly [question: string, what: string, identity: string, gate: string, actions: string];
  readonly open: boolean;
}

function table({ rows, agent }: Answer, agents: number, style: Style): string[] {
  const parts = questions.map((question) => {
    const own = rows[question].filter(({ cascade }) => !cascade);
    const listed = own.length > 0 ? own : rows[question];
    const limit = rowLimits[question][agents === 1 ? 'one' : 'several'];
    const shown = listed.slice(0, limit);
    return {
      rows: shown.map((row, index) => toRow(index === 0 ? question : '', row)),
      hidden: rows[question].filter((row) => !shown.includes(row)),
    };
  });
  const widths = columnWidths(
    parts.flatMap((part) => part.rows),
    style.width,
  );
  const lines = parts.flatMap(({ rows: shown, hidden }) => [
    ...shown.map((row) => tableRow(row, widths, style)),
    ...more(hidden, style),
  ]);
  if (rows.deletes.length > 0) return lines;
  const allSeen = agent.actions.every(({ effects }) => effects.every(({ operation }) => operation !== 'unknown'));
  return [`  ${pad('deletes', label)}${style.good(allSeen ? 'nothing' : 'nothing that can be seen')}`, ...lines];
}

function toRow(question: string, { what, identity, gate, actions }: AnswerRow): Row {
  return {
    cells: [question, what, identityWords[identity], gateWords[gate], listWords(actions, 1)],
    open: isOpen({ gate }),
  };
}

/** Identity and gate are never cut; objects and actions share what is left. */
function columnWidths(rows: readonly Row[], total: number): readonly [what: number, identity: number, gate: number] {
  const widest = (column: 1 | 2 | 3): number => Math.max(0, ...rows.map(({ cells }) => widthOf(cells[column]))) + gap;
  const [identity, gate] = [widest(2), widest(3)];
  const room = Math.max(30, total - gap - label - identity - gate);
  return [Math.min(widest(1), Math.ceil(room * 0.6)), identity, gate];
}

function tableRow({ cells, open }: Row, widths: ReturnType<typeof columnWidths>, style: Style): string {
  const { ellipsis } = style.symbols;
  const [question, what, identity, gate, actions] = cells;
  const [whatWidth, identityWidth, gateWidth] = widths;
  const room = Math.max(8, style.width - gap - label - whatWidth - identityWidth - gateWidth);
  const gateText = pad(gate, gateWidth);
  return [
    ' '.repeat(gap),
    pad(question, label),
    pad(cut(what, whatWidth - gap, ellipsis), whatWidth),
    pad(identity, identityWidth),
    open ? style.bad(gateText) : style.good(gateText),
    style.dim(cut(actions, room, ellipsis)),
  ].join('');
}

/** What else there is: how much of it, and the names of what follows by automation or by delete of a parent. */
function more(hidden: readonly AnswerRow[], style: Style): string[] {
  const own = hidden.filter(({ cascade }) => !cascade);
  const open = own.filter(isOpen).length;
  const facts = [
    ...(own.length > 0 ? [`+ ${own.length} more${open > 0 ? `, ${open} without a gate that holds` : ''}`] : []),
    ...consequences(hidden),
  ];
  const indent = ' '.repeat(gap + label);
  return facts.map((fact) => indent + style.dim(cut(fact, style.width - indent.length, style.symbols.ellipsis)));
}

function consequences(hidden: readonly AnswerRow[]): string[] {
  const names = [...new Set(hidden.filter(({ cascade }) => cascade).map(({ what }) => what))];
  // Custom objects first: the team that reads this knows the others.
  const sorted = [...names.filter(isCustom), ...names.filter((name) => !isCustom(name))];
  return names.length > 0 ? [`+ as a consequence: ${listWords(sorted, 3)}`] : [];
}

function isCustom(name: string): boolean {
  return name.endsWith('__c');
}

const nameWidth = 26;

/** One line per agent: the worst it can do. */
function overview(answers: readonly Answer[], style: Style): string[] {
  const lines = answers.slice(0, agentsListed).map((answer) => {
    const found = worst(answer);
    const name = pad(cut(answer.title, nameWidth - gap, style.symbols.ellipsis), nameWidth);
    if (!found) return name + style.good('changes nothing');
    const { question, row } = found;
    const text = cut(worstWords(question, row), style.width - nameWidth, style.symbols.ellipsis);
    return name + (isOpen(row) ? style.bad(text) : text);
  });
  const rest = answers.length - agentsListed;
  return ['', ...lines, ...(rest > 0 ? [style.dim(`+ ${rest} more agents, none of them worse`)] : [])];
}

/** `deletes Case, as system, nothing in front`. */
export function worstWords(question: Question, { what, identity, gate }: AnswerRow): string {
  const verb = question === 'unknown' ? 'runs code' : question;
  return `${verb} ${what}, ${identityWords[identity]}, ${gateWords[gate]}`;
}
