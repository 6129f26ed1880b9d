import { describe, expect, it } from '@jest/globals';
import { RecordDictionary } from '../../../src/domain/masking/dictionary/recordDictionary.ts';
import { findLeaks } from '../../../src/domain/masking/leakCheck.ts';

const dictionary = new RecordDictionary();
dictionary.add({ type: 'PERSON', value: 'Maria Lopez' });
const leaksOf = (...texts: readonly string[]) => [...new Set(findLeaks(texts, dictionary, () => false))];

describe('the check of what leaves', () => {
  it('looks through all texts, the first and the last', () => {
    expect(leaksOf('role', 'user', 'Maria Lopez')).toEqual(['PERSON']);
    expect(leaksOf('M a r i a  L o p e z', 'role')).toEqual(['PERSON']);
    expect(leaksOf('text', '4111 1111 1111 1111', 'type')).toEqual(['CREDIT_CARD']);
  });

  it('takes nothing for a value that two texts only make together', () => {
    expect(leaksOf('4111 1111', '1111 1111')).toEqual([]);
    expect(leaksOf('4111-1111-1111-', '1111')).toEqual([]);
    expect(leaksOf('somebody@', 'example.com')).toEqual([]);
    expect(leaksOf('mar', 'ia')).toEqual([]);
    expect(leaksOf('m a r i a', 'l o p e z')).toEqual([]);
  });
});
