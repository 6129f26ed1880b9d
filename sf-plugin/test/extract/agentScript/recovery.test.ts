import { describe, expect, it } from '@jest/globals';
import { read } from './show.ts';

const lines = (...text: string[]): string => text.join('\n');

describe('a script with mistakes', () => {
  it.each<[string, string, string[], string[]]>([
    ['a missing colon', lines('a', '  b: 1'), ['1:2 expected ":" before the end of the line'], ['a:', '  b: 1']],
    ['a missing colon before a reference', 'a @b.c', ['1:3 expected ":", found "@"'], ['a: (.c @b)']],
    ['a key that starts with a digit', '3a: 1', ['1:1 a key cannot start with a digit'], ['3a: 1']],
    [
      'a key with a hyphen',
      'a-b: 1',
      ['1:3 a key consists of letters, digits and underscores, or stands in quotes'],
      ['a-b: 1'],
    ],
    ['a misspelled modifier', 'a: mutabel string = ""', ['1:12 unexpected "string"'], ['a: mutabel']],
    ['a literal with a block', lines('a: "x"', '  b: 1'), ['2:3 unexpected indentation'], ['a: "x"', '  b: 1']],
    [
      'a statement with a block',
      lines('p:', '  set a = 1', '    run b'),
      ['3:5 unexpected indentation'],
      ['p:', '  set a = 1', '  unreadable', '    run b'],
    ],
    ['set with two equal signs', lines('p:', '  set a == 1'), ['2:9 "set" assigns with "="'], ['p:', '  set a = 1']],
    [
      'a condition with one',
      lines('p:', '  if a = 1:', '    run b'),
      ['2:8 conditions compare with "=="'],
      ['p:', '  if (== a 1)', '    run b'],
    ],
    [
      'a transition without to',
      lines('p:', '  transition @a.b'),
      ['2:14 expected "to" after "transition", found "@"'],
      ['p:', '  transition', '    to (.b @a)'],
    ],
    [
      'a bare transition',
      lines('p:', '  transition'),
      ['2:13 expected "to" after "transition" before the end of the line'],
      ['p:', '  transition'],
    ],
    [
      'with without a name',
      lines('p:', '  run a', '    with ...'),
      ['3:10 expected an input name after "with", found "..."'],
      ['p:', '  run a'],
    ],
    [
      'elif',
      lines('p:', '  if a:', '    run b', '  elif c:', '    run d'),
      ['4:3 "elif" is written "else if"'],
      ['p:', '  if a', '    run b', '  if c', '    run d'],
    ],
    [
      'an else without if',
      lines('p:', '  else:', '    run a'),
      ['2:3 "else" is not possible here'],
      ['p:', '  unreadable', '    run a'],
    ],
    [
      'a loop',
      lines('p:', '  for a in b:', '    run c'),
      ['2:3 "for" is not possible here'],
      ['p:', '  unreadable', '    run c'],
    ],
    ['an empty branch', lines('p:', '  if a:', '  run b'), ['2:8 the branch is empty'], ['p:', '  if a', '  run b']],
    [
      'a misspelled statement',
      lines('p:', '  rn @actions.a', '    with b=1', '  1 + 1', '    run c', '  run d'),
      ['2:6 expected ":", found "@"', '4:3 expected "key: value" or a statement'],
      ['p:', '  rn: (.a @actions)', '    with b = 1', '  unreadable', '    run c', '  run d'],
    ],
    ['an empty procedure', lines('p: ->', 'q: 1'), ['1:6 the procedure is empty'], ['p:', 'q: 1']],
    ['an open bracket', lines('a: [1,', 'b: 2'), ['1:7 expected "]" before the end of the line'], ['a: [1]', 'b: 2']],
    ['an open string', lines('a: "x', 'b: 2'), ['1:4 the string is not closed'], ['a: "x"', 'b: 2']],
    ['two values', lines('a:', '  1', '  2'), ['3:3 unexpected line after the value'], ['a: 1']],
  ])('reports %s and reads on', (_, text, problems, items) => {
    expect(read(text)).toEqual({ items, problems });
  });

  it('reports each line once, in order', () => {
    expect(read(lines('a: %', 'b: "x', 'c: $ %', 'd: 1')).problems).toEqual([
      '1:4 unexpected character "%"',
      '2:4 the string is not closed',
      '3:4 unexpected character "$"',
    ]);
  });
});
