import { describe, expect, it } from '@jest/globals';
import { read, readClean } from './show.ts';

function expression(source: string): string {
  return readClean(`x: ${source}`).join('\n').slice('x: '.length);
}

describe('expressions of Agent Script', () => {
  it.each([
    ['"text"', '"text"'],
    [String.raw`"a \"b\" \\ \n \'"`, String.raw`"a \"b\" \\ \n '"`],
    ['42', '42'],
    ['3.14', '3.14'],
    ['.5', '0.5'],
    ['True', 'true'],
    ['False', 'false'],
    ['None', 'none'],
    ['...', '...'],
    ['2025-09-04', '2025-09-04'],
    ['2025-09-04T12:01:59.123Z', '2025-09-04T12:01:59.123Z'],
    ['list[object]', '([] list object)'],
    ['@variables', '@variables'],
    ['@variables.order.id', '(.id (.order @variables))'],
    ['@outputs.items[0].id', '(.id ([] (.items @outputs) 0))'],
    ['len(@variables.a, 1)', '(call len (.a @variables) 1)'],
    ['f()', '(call f)'],
    ['[]', '[]'],
    ['[1, "b", [2]]', '[1 "b" [2]]'],
    ['[1, 2,]', '[1 2]'],
    ['{}', '{}'],
    ['{a: 1, "b c": {d: None}}', '{a: 1, b c: {d: none}}'],
    ['f(*@variables.rest)', '(call f (spread (.rest @variables)))'],
  ])('reads %s', (source, shown) => {
    expect(expression(source)).toBe(shown);
  });

  it.each([
    ['1 + 2 * 3', '(+ 1 (* 2 3))'],
    ['1 - 2 - 3', '(- (- 1 2) 3)'],
    ['-a.b * 2', '(* (- (.b a)) 2)'],
    ['(1 + 2) * 3', '(* (+ 1 2) 3)'],
    ['a or b and not c == 1', '(or a (and b (not (== c 1))))'],
    ['a is None or b is not None', '(or (is a none) (is not b none))'],
    ['a < 1 and b >= 2 and c != 3', '(and (and (< a 1) (>= b 2)) (!= c 3))'],
    ['a if b else c if d else e', '(if b a (if d c e))'],
    ['a or b if c and d else e', '(if (and c d) (or a b) e)'],
  ])('binds the operators of %s', (source, shown) => {
    expect(expression(source)).toBe(shown);
  });

  it('continues in brackets and after a backslash on the next line', () => {
    expect(readClean('x: f(\n  1,   # one\n\n  - 2\n)\ny: 1 + \\\n    2')).toEqual([
      'x: (call f 1 (- 2))',
      'y: (+ 1 2)',
    ]);
  });

  it.each([
    ['1 +', '1:7 expected a value before the end of the line'],
    ['a.', '1:6 expected a name after "." before the end of the line'],
    ['@', '1:5 expected a name after "@" before the end of the line'],
    ['@a.5', '1:6 unexpected ".5"'],
    ['a if b', '1:10 expected "else" before the end of the line'],
    ['(1', '1:6 expected ")" before the end of the line'],
    ['[1 2]', '1:7 expected "]", found "2"'],
    ['{1: 2}', '1:5 expected a key, found "1"'],
    ['a % b', '1:6 unexpected character "%"'],
    ['1 2', '1:6 unexpected "2"'],
    ['"open', '1:4 the string is not closed'],
    ["'single'", '1:4 strings are written in double quotes'],
  ])('reports %s', (source, problem) => {
    expect(read(`x: ${source}`).problems).toEqual([problem]);
  });
});
