import type { Outcome } from './compare.ts';
import { agreement, attributes, count, precision, recall, tallyBy, type Tally } from './tally.ts';

/** What was measured on one project. */
export interface Measured {
  readonly project: string;
  readonly commit: string;
  readonly agents: number;
  readonly actions: number;
  readonly outcomes: readonly Outcome[];
}

/** The tables of docs/accuracy.md, in Markdown. */
export function toTables(measured: readonly Measured[]): string {
  const outcomes = measured.flatMap((each) => each.outcomes);
  const projects = measured.map(({ project, commit, agents, actions, outcomes: own }) => [
    `[${project}](https://github.com/${project}/tree/${commit})`,
    agents,
    actions,
    count(own, 'hit') + count(own, 'miss'),
    count(own, 'platform'),
  ]);
  const answers = attributes.map(([name, agrees]) => [name, agreement(outcomes, agrees).join(' of ')]);
  return [
    table(['project at its commit', 'agents', 'actions', 'effects labelled', 'left to the platform'], projects),
    tallies(
      'project',
      tallyBy(outcomes, ({ project }) => project),
    ),
    tallies(
      'reach',
      tallyBy(outcomes, (outcome) => facts(outcome).reach),
    ),
    tallies(
      'operation',
      tallyBy(outcomes, (outcome) => facts(outcome).operation),
    ),
    table(['attribute of an effect found', 'as labelled'], answers),
  ].join('\n\n');
}

function facts(outcome: Outcome): { readonly operation: string; readonly reach: string } {
  return outcome.kind === 'miss' ? outcome.label : outcome.effect;
}

function tallies(name: string, rows: readonly Tally[]): string {
  return table(
    [name, 'found', 'missed', 'extra', 'ruled out', 'recall', 'precision', 'strict precision'],
    rows.map((row) => [
      row.group,
      row.hits,
      row.misses,
      row.extras,
      row.ruledOut,
      ratio(recall(row)),
      ratio(precision(row, false)),
      ratio(precision(row, true)),
    ]),
  );
}

function ratio(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(3);
}

/** Padded as Prettier pads tables, so that a generated one needs no formatting. */
function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const [header, ...body] = cells.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  return [header, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body].join('\n');
}
