import { describe, expect, it } from '@jest/globals';
import { printableCode, printableText } from '../../src/report/printable.ts';

describe('printableText', () => {
  it.each([
    ['::error file=x::broken', ':\\u{3a}error file=x:\\u{3a}broken'],
    ['a ::add-mask::*', 'a :\\u{3a}add-mask::*'],
    ['##[error]broken', '#\\u{23}[error]broken'],
    ['x##VSO[task.setvariable variable=a]b', 'x#\\u{23}VSO[task.setvariable variable=a]b'],
    ['a\u001b]0;title\u0007\u202eb', 'a\\u{1b}]0;title\\u{7}\\u{202e}b'],
    ['Refunds :: all, #1, ## heading', 'Refunds :: all, #1, ## heading'],
  ])('keeps a log from obeying %j', (text, printed) => {
    expect(printableText(text)).toBe(printed);
    expect(printableCode(text)).toBe(printed);
  });
});
