import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { policyFile, policyJsonSchema } from '../../src/policy/config/schema.ts';
import { parsePolicy } from '../../src/policy/config/parsePolicy.ts';
import { policyRules } from '../../src/policy/policyRules.ts';
import { rules } from '../../src/rules/registry.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
const docs = join(repository, 'docs');

function page(...path: string[]): string {
  return readFileSync(join(docs, ...path), 'utf8');
}

describe.each(policyRules)('$id', ({ id, category, severity, summary }) => {
  it('has a page with the fixed headings, its category and its severity', () => {
    const text = page('rules', `${id}.md`);
    expect(text).toContain(`# ${id}\n\n**Category** ${category} · **Severity** ${severity}\n`);
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
      'What it reports',
      'Why it matters',
      'Example',
      'How to fix',
      'When not to use',
      'Limits',
    ]);
  });

  it('stands in the index with its summary', () => {
    const rows = page('rules', 'README.md')
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()));
    expect(rows).toContainEqual(['', `[${id}](${id}.md)`, category, severity, summary, '']);
  });
});

it('every page is that of a rule', () => {
  const ids = [...rules, ...policyRules].map(({ id }) => `${id}.md`);
  expect(readdirSync(join(docs, 'rules')).sort()).toEqual([...ids, 'README.md'].sort());
});

describe('the page on the policy', () => {
  const text = page('policy.md');

  it('shows policies that hold', () => {
    const examples = [...text.matchAll(/```yaml\n(version: 1\n[\s\S]*?)```/g)].map(([, example = '']) => example);
    expect(examples).toHaveLength(1);
    for (const example of examples) expect(parsePolicy(policyFile, example).problems).toEqual([]);
  });

  it('names every setting', () => {
    const settings = Object.keys(policyJsonSchema.properties ?? {});
    expect(settings.filter((setting) => !text.includes(`\`${setting}\``))).toEqual([]);
  });
});
