import type { Outcome } from './compare.ts';
import { agreement, precision, recall, tallyBy, type Tally } from './tally.ts';

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
  const projects = measured.map(({ project, commit, agents, actions, outcomes: own }) => {
    const labelled = own.filter(({ kind }) => kind === 'hit' || kind === 'miss').length;
    return [
      `[${project}](https://github.com/${project}/tree/${commit})`,
      agents,
      actions,
      labelled,
      count(own, 'uncounted'),
    ];
  });
  const stated = (['identity', 'extent'] as const).map((attribute) => [
    attribute,
    agreement(outcomes, attribute).join(' of '),
  ]);
  return [
    table(['project at its commit', 'agents', 'actions', 'effects labelled', 'reported, not counted'], projects),
    tallies(
      'project',
      tallyBy(outcomes, ({ project }) => project),
    ),
    tallies(
      'reach',
      tallyBy(outcomes, (outcome) => attributesOf(outcome).reach),
    ),
    tallies(
      'operation',
      tallyBy(outcomes, (outcome) => attributesOf(outcome).operation),
    ),
    table(['attribute', 'as labelled'], stated),
  ].join('\n\n');
}

function attributesOf(outcome: Outcome): { readonly operation: string; readonly reach: string } {
  return outcome.kind === 'miss' ? outcome.label : outcome.effect;
}

function count(outcomes: readonly Outcome[], wanted: Outcome['kind']): number {
  return outcomes.filter(({ kind }) => kind === wanted).length;
}

function tallies(name: string, rows: readonly Tally[]): string {
  return table(
    [name, 'found', 'missed', 'extra', 'recall', 'precision'],
    rows.map((row) => [row.group, row.hits, row.misses, row.extras, ratio(recall(row)), ratio(precision(row))]),
  );
}

function ratio(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(3);
}

/** Padded as Prettier pads tables, so that a generated one needs no formatting. */
function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  return [lines[0], `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...lines.slice(1)].join('\n');
}
