import { severities, type Category, type Finding, type Severity } from '@agent-readiness/protocol';
import { escape } from '../markdown/escape.ts';
import { printableText } from '../printable.ts';
import type { RuleDescription } from '../reportFormat.ts';

export const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/** In the middle of the ranges that code scanning calls critical, high, medium and low. */
const securitySeverity: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
};

/** The other categories are shown as code quality, not as vulnerabilities. */
const securityCategories: ReadonlySet<Category> = new Set<Category>(['safety', 'governance', 'accountability']);

/** Every rule, found or not, so that an alert that is gone keeps its description. */
export function descriptors(rules: readonly RuleDescription[], findings: readonly Finding[]): object[] {
  return rules.map(({ id, category, severity, summary, page }) => {
    const found = findings.filter(({ ruleId }) => ruleId === id);
    const isSecurity = securityCategories.has(category);
    const worst = found.reduce((worstSoFar, finding) => worse(worstSoFar, finding.severity), severity);
    const fixes = new Set(found.map(({ fix }) => printableText(`How to fix: ${fix}`)));
    return {
      id,
      name: pascalCase(id),
      shortDescription: { text: sentence(id) },
      fullDescription: { text: summary },
      help: { text: [summary, ...fixes].join('\n\n'), markdown: page ?? [summary, ...fixes].map(escape).join('\n\n') },
      defaultConfiguration: { level: levels[severity] },
      properties: {
        tags: [category, ...(isSecurity ? ['security'] : [])],
        precision: 'high',
        ...(isSecurity
          ? { 'security-severity': securitySeverity[worst] }
          : { 'problem.severity': levels[worst] === 'note' ? 'recommendation' : levels[worst] }),
      },
    };
  });
}

function worse(a: Severity, b: Severity): Severity {
  return severities.indexOf(a) < severities.indexOf(b) ? a : b;
}

/** `any-object-write` → `AnyObjectWrite`. */
function pascalCase(id: string): string {
  return id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** `any-object-write` → `Any object write`. */
function sentence(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
