import type { Finding, Severity } from '@agent-readiness/protocol';
import { attributeWords } from '../words.ts';
import { cut, cutPath, pad, widthOf, wrap } from './layout.ts';
import type { Style } from './style.ts';

const findingsPerRule = 4;

/** Findings by rule, most severe first, each rule with what to do. */
export function findingDetails(findings: readonly Finding[], style: Style): string[] {
  return byRule(findings).flatMap((group) => oneRule(group, style));
}

/** Keeps the order of the findings, which is by severity. */
function byRule(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.ruleId}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
}

function oneRule(group: readonly Finding[], style: Style): string[] {
  const [first] = group;
  if (!first) return [];
  const { severity, ruleId } = first;
  const rows = rowsOf(group, style);
  const shown = rows.length === findingsPerRule + 1 ? rows : rows.slice(0, findingsPerRule);
  const hidden = rows.slice(shown.length).reduce((count, { times }) => count + times, 0);
  const fixes = [...new Set(group.map(({ fix }) => fix))];
  return [
    '',
    `${severityPaint(severity, style)(severity)} ${ruleId} ${style.dim(`(${group.length})`)}`,
    ...rowLines(shown, style),
    ...(hidden > 0 ? [style.dim(`  + ${hidden} more`)] : []),
    ...fixes.slice(0, 2).flatMap((fix) => wrap(`Fix: ${fix}`, style.width - 2).map((line) => `  ${line}`)),
  ];
}

/** Wider names and effects are cut, so that the place keeps half of the line. */
const maxColumn = 24;

interface Row {
  readonly name: string;
  readonly effect: string;
  readonly where: string;
  readonly beyond: string;
  /** Findings that read the same: one code under several actions of one name. */
  readonly times: number;
}

function rowsOf(findings: readonly Finding[], { symbols }: Style): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const { agent, action, effect, place, exceeds = [] } of findings) {
    const row = {
      name: cut(action ?? agent, maxColumn, symbols.ellipsis),
      effect: cut(effect ?? '', maxColumn, symbols.ellipsis),
      where: `${place.file}:${place.line}`,
      beyond: exceeds.map(attributeWords).join(', ').replaceAll('→', symbols.arrow),
    };
    const key = JSON.stringify(row);
    rows.set(key, { ...row, times: (rows.get(key)?.times ?? 0) + 1 });
  }
  return [...rows.values()];
}

function rowLines(rows: readonly Row[], style: Style): string[] {
  const { ellipsis } = style.symbols;
  const widest = (column: 'name' | 'effect'): number => {
    const width = Math.max(...rows.map((row) => widthOf(row[column])));
    return width === 0 ? 0 : width + 2;
  };
  const [nameWidth, effectWidth] = [widest('name'), widest('effect')];
  const room = style.width - 2 - nameWidth - effectWidth;
  return rows.flatMap(({ name, effect, where, beyond, times }) => {
    const often = times > 1 ? ` (${times} times)` : '';
    const place = `${style.cutPaths ? cutPath(where, room - often.length, ellipsis) : where}${often}`;
    const more = beyond === '' ? [] : wrap(beyond, style.width - 4).map((line) => `    ${line}`);
    return [`  ${pad(name, nameWidth)}${pad(effect, effectWidth)}${style.dim(place)}`, ...more];
  });
}

function severityPaint(severity: Severity, style: Style): (text: string) => string {
  return severity === 'critical' || severity === 'high' ? style.bad : style.warn;
}
