import type { Finding, Severity } from '@agent-readiness/protocol';
import { cut, cutPath, pad, widthOf, wrap } from './layout.ts';
import type { Style } from './style.ts';

const findingsPerRule = 4;

/** Findings by rule, most severe first, each rule with what to do. */
export function findingDetails(findings: readonly Finding[], style: Style): string[] {
  return byRule(findings).flatMap((group) => oneRule(group, style));
}

/** Keeps the order of the findings, which is by severity. */
export function byRule(findings: readonly Finding[]): Finding[][] {
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
    ...shown.map((finding) => oneFinding(finding, style)),
    ...(hidden > 0 ? [style.dim(`  + ${hidden} more`)] : []),
    ...fixes.slice(0, 2).flatMap((fix) => wrap(`Fix: ${fix}`, style.width - 2).map((line) => `  ${line}`)),
  ];
}

const nameWidth = 26;
const effectWidth = 18;

function oneFinding({ agent, action, effect, place }: Finding, style: Style): string {
  const { ellipsis } = style.symbols;
  const name = pad(cut(action ?? agent, nameWidth - 1, ellipsis), nameWidth);
  const what = pad(cut(effect ?? '', effectWidth - 1, ellipsis), effectWidth);
  const where = `${place.file}:${place.line}`;
  const room = style.width - 2 - widthOf(name) - widthOf(what);
  return `  ${name}${what}${style.dim(style.cutPaths ? cutPath(where, room, ellipsis) : where)}`;
}

function severityPaint(severity: Severity, style: Style): (text: string) => string {
  return severity === 'critical' || severity === 'high' ? style.bad : style.warn;
}
