import { describe, expect, it } from '@jest/globals';
import { cut, cutPath, pad, widthOf, wrap, wrapFacts } from '../../../src/report/text/layout.ts';

describe('layout', () => {
  it('counts columns, not characters', () => {
    expect(['Case', '注文', 'e\u0301', '📦'].map(widthOf)).toEqual([4, 4, 1, 2]);
    expect(pad('注文', 6)).toBe('注文  ');
  });

  it('cuts the end of a text', () => {
    expect(cut('purge_cases', 11, '…')).toBe('purge_cases');
    expect(cut('purge_cases', 8, '…')).toBe('purge_c…');
    expect(cut('purge_cases', 8, '...')).toBe('purge...');
    expect(cut('注文注文', 6, '…')).toBe('注文…');
  });

  it('cuts the middle of a path, and its file name last', () => {
    const path = 'force-app/main/default/flows/Purge.flow-meta.xml:41';
    expect(cutPath(path, 60, '…')).toBe(path);
    expect(cutPath(path, 50, '…')).toBe('force-app/…/default/flows/Purge.flow-meta.xml:41');
    expect(cutPath(path, 39, '…')).toBe('force-app/…/Purge.flow-meta.xml:41');
    expect(cutPath(path, 30, '…')).toBe('…/Purge.flow-meta.xml:41');
    expect(cutPath(path, 12, '…')).toBe('…meta.xml:41');
  });

  it('wraps at spaces, and inside a word that is too long', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('a abcdefghij b', 4)).toEqual(['a', 'abcd', 'efgh', 'ij b']);
    expect(wrap('', 4)).toEqual(['']);
    expect(wrap('注', 1)).toEqual(['注']);
  });

  it('breaks between facts only', () => {
    expect(wrapFacts(['one record', 'as user', 'no undo'], '|', 22)).toEqual(['one record | as user |', 'no undo']);
    expect(wrapFacts(['one record', 'as user'], '|', 8)).toEqual(['one', 'record |', 'as user']);
  });
});
