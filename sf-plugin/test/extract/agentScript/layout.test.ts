import { describe, expect, it } from '@jest/globals';
import { read, readClean } from './show.ts';

const lines = (...text: string[]): string => text.join('\n');

describe('indentation', () => {
  it('opens a block with any deeper indent, in spaces or tabs', () => {
    const shown = ['a:', '  b:', '    c: 1', '  d: 2'];
    expect(readClean(lines('a:', ' b:', '     c: 1', ' d: 2'))).toEqual(shown);
    expect(readClean(lines('a:', '\tb:', '\t\tc: 1', '\td: 2'))).toEqual(shown);
    expect(readClean(lines('a:', '   b:', '\t\tc: 1', '\td: 2'))).toEqual(shown);
  });

  it('ignores blank lines, comments at any depth, trailing blanks and carriage returns', () => {
    const text = ['a:   ', '        # deep', '  b: 1  # end', '# shallow', '', '  \t', '  c: "x # y"', ''].join('\r\n');
    expect(readClean(text)).toEqual(['a:', '  b: 1', '  c: "x # y"']);
  });

  it('gives a dedent between two levels to the outer one', () => {
    expect(readClean(lines('a:', '    b:', '        c: 1', '      d: 2'))).toEqual([
      'a:',
      '  b:',
      '    c: 1',
      '  d: 2',
    ]);
  });

  it('accepts a script that is indented as a whole, or empty', () => {
    expect(readClean('  a: 1\n  b: 2')).toEqual(['a: 1', 'b: 2']);
    expect(readClean('# nothing')).toEqual([]);
    expect(readClean('')).toEqual([]);
  });

  it('goes on after a dedent below the first line', () => {
    expect(readClean('  a: 1\nb: 2')).toEqual(['a: 1', 'b: 2']);
  });
});

describe('templates', () => {
  it('take every line that is deeper than that of the bar, with blank lines', () => {
    const text = lines('a: |', '    one', '', '      if two: {three}', '  four # five', 'b: 1');
    expect(readClean(text)).toEqual(['a: \none\nif two: {three}\nfour # five\n', 'b: 1']);
  });

  it('hold expressions', () => {
    expect(readClean('a: | Hi {!@variables.name}, {! 1 + 2 }{!{a: "}"}}!')).toEqual([
      'a:  Hi <(.name @variables)>, <(+ 1 2)><{a: "}"}>!',
    ]);
  });

  it('treat a hash as a comment only at the indentation of the bar or less', () => {
    const text = lines(
      'a:',
      '  p: ->',
      '    | one',
      '      # text',
      '    # comment',
      '# comment',
      '      two',
      '    | three',
    );
    expect(readClean(text)).toEqual(['a:', '  p:', '    | one\n# text\ntwo\n', '    | three']);
  });

  it('stand without a space after the colon', () => {
    expect(readClean(lines('a:|', '  text', 'b: 1'))).toEqual(['a: \ntext\n', 'b: 1']);
  });

  it.each([
    ['a: | {!@b c} d', '1:11 expected "}", found "c"'],
    ['a: | {!@b.c\nb: 1', '1:12 expected "}", found text'],
    ['a: | {!} b', '1:8 expected a value, found "}"'],
  ])('report %j', (text, problem) => {
    expect(read(text).problems).toEqual([problem]);
  });
});
