import { describe, expect, it } from '@jest/globals';
import { child, isTrue, parseMetadataXml, textOf } from '../../../src/extract/xml/xml.ts';
import { UnreadableError } from '../../../src/extract/unreadable.ts';

const parse = (text: string) => parseMetadataXml('a.xml', text);

function refusal(text: string): UnreadableError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof UnreadableError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('parseMetadataXml', () => {
  it('gives each element its place, also after CRLF and astral characters', () => {
    const root = parse('<?xml version="1.0"?>\r\n<Flow>\r\n  <label>😀</label><status>Active</status>\r\n</Flow>');
    expect(root.place).toEqual({ file: 'a.xml', line: 2, column: 1 });
    expect(child(root, 'label')?.place).toEqual({ file: 'a.xml', line: 3, column: 3 });
    expect(child(root, 'status')?.place).toEqual({ file: 'a.xml', line: 3, column: 20 });
  });

  it('trims what formatters pad, and treats an empty element as missing', () => {
    const root = parse('<a><name>\n   Order\n  </name><none/><flag> TRUE </flag></a>');
    expect(textOf(root, 'name')).toBe('Order');
    expect(textOf(root, 'none')).toBeUndefined();
    expect(isTrue(root, 'flag')).toBe(true);
  });

  it('names the place of a syntax error', () => {
    expect(refusal('<a>\n  <b>\n</a>').place.line).toBe(3);
  });

  it('never reads an external entity, and never expands an internal one', () => {
    expect(refusal('<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>').message).toContain('&e;');
    expect(refusal('<!DOCTYPE a [<!ENTITY e "eeee">]><a>&e;</a>').message).toContain('&e;');
  });

  it('refuses names with a prefix, which the platform would read without it', () => {
    const { place, message } = refusal('<Flow xmlns:m="http://soap.sforce.com/2006/04/metadata"><m:start/></Flow>');
    expect([place.column, message]).toEqual([57, 'the prefix of <m:start> is not followed']);
  });

  it('refuses an empty file and absurd nesting', () => {
    expect(refusal('').place).toEqual({ file: 'a.xml', line: 1, column: 1 });
    expect(refusal('<a>'.repeat(200_000) + '</a>'.repeat(200_000)).message).toMatch(/nested too deeply/);
  });
});
