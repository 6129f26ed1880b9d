import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { eventNames } from '../src/app/events.ts';
import { inconsistencies } from '../src/domain/reconcile/inconsistency.ts';
import { revertRefusals } from '../src/app/operate/revert.ts';
import { outcomeReasons, refusalReasons } from '../src/domain/refusalReasons.ts';
import { problems } from '../src/http/problems.ts';

const text = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');

/** The rows of the table under a heading, without the code marks. */
function tableUnder(heading: string): string[][] {
  const [, section = ''] = text.split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  return [...own.matchAll(/^\| `.*\|$/gm)].map(([row]) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll(/^`|`$/g, '')),
  );
}

describe('docs/errors.md', () => {
  it('lists every problem with its status', () => {
    const expected = Object.entries(problems).map(([code, { status, title }]) => [code, String(status), title]);
    expect(tableUnder('Problems')).toEqual(expected);
  });

  it.each([
    ['Refusals', refusalReasons],
    ['Outcomes', outcomeReasons],
    ['Reverts', revertRefusals],
    ['Inconsistencies', inconsistencies],
    ['Audit events', eventNames],
  ])('lists everything under %s', (heading, table) => {
    expect(tableUnder(heading)).toEqual(Object.entries(table));
  });
});
