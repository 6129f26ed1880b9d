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
  const shown = group.length === findingsPerRule + 1 ? group : group.slice(0, findingsPerRule);
  const hidden = group.length - shown.length;
  const fixes = [...new Set(group.map(({ fix }) => fix))];
  return [
    '',
    `${severityPaint(severity, style)(severity)} ${ruleId} ${style.dim(`(${group.length})`)}`,
    ...findingLines(shown, style),
    ...(hidden > 0 ? [style.dim(`  + ${hidden} more`)] : []),
    ...fixes.slice(0, 2).flatMap((fix) => wrap(`Fix: ${fix}`, style.width - 2).map((line) => `  ${line}`)),
  ];
}

/** Wider names and effects are cut, so that the place keeps half of the line. */
const maxColumn = 24;

function findingLines(findings: readonly Finding[], style: Style): string[] {
  const { ellipsis } = style.symbols;
  const rows = findings.map(({ agent, action, effect, place, exceeds = [] }) => ({
    beyond: exceeds.map(attributeWords).join(', ').replaceAll('→', style.symbols.arrow),
    name: cut(action ?? agent, maxColumn, ellipsis),
    effect: cut(effect ?? '', maxColumn, ellipsis),
    where: `${place.file}:${place.line}`,
  }));
  const widest = (column: 'name' | 'effect'): number => {
    const width = Math.max(...rows.map((row) => widthOf(row[column])));
    return width === 0 ? 0 : width + 2;
  };
  const [nameWidth, effectWidth] = [widest('name'), widest('effect')];
  const room = style.width - 2 - nameWidth - effectWidth;
  return rows.flatMap(({ name, effect, where, beyond }) => {
    const place = style.cutPaths ? cutPath(where, room, ellipsis) : where;
    const more = beyond === '' ? [] : wrap(beyond, style.width - 4).map((line) => `    ${line}`);
    return [`  ${pad(name, nameWidth)}${pad(effect, effectWidth)}${style.dim(place)}`, ...more];
  });
}

function severityPaint(severity: Severity, style: Style): (text: string) => string {
  return severity === 'critical' || severity === 'high' ? style.bad : style.warn;
}
