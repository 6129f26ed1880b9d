import { describe, expect, it } from '@jest/globals';
import { readCodeOwners } from '../../../src/extract/project/codeOwners.ts';
import { UnreadableError } from '../../../src/extract/unreadable.ts';

const ownersOf = (files: Readonly<Record<string, string>>): ((path: string) => readonly string[]) =>
  readCodeOwners({ read: (path) => files[path] });

describe('readCodeOwners', () => {
  it('takes the last line that covers a file, also one that names nobody', () => {
    const owners = ownersOf({
      CODEOWNERS: [
        '# everything',
        '*  @example/all owner@example.com # whoever is there',
        '/force-app/bots/ @example/desk',
        'docs/*.md @example/writers',
        'force-app/flows',
        '!force-app/classes @example/negated',
        '[Section] @example/section',
      ].join('\r\n'),
    });
    expect(owners('force-app/bots/A/A.bot-meta.xml')).toEqual(['@example/desk']);
    expect(owners('docs/a.md')).toEqual(['@example/writers']);
    expect(owners('docs/deep/a.md')).toEqual(['@example/all', 'owner@example.com']);
    expect(owners('force-app/flows/A.flow-meta.xml')).toEqual([]);
    expect(owners('force-app/classes/A.cls')).toEqual(['@example/all', 'owner@example.com']);
  });

  it('takes the first file of several, and nobody without one', () => {
    expect(ownersOf({ CODEOWNERS: '* b', '.github/CODEOWNERS': '* a', 'docs/CODEOWNERS': '* c' })('x')).toEqual(['a']);
    expect(ownersOf({})('x')).toEqual([]);
  });

  it('names nobody where the file cannot be read', () => {
    const read = (path: string): string => {
      throw new UnreadableError({ file: path, line: 1, column: 1 }, 'is no file');
    };
    expect(readCodeOwners({ read })('x')).toEqual([]);
  });
});
