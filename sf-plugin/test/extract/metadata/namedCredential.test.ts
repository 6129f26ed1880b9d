import { describe, expect, it } from '@jest/globals';
import { parseNamedCredential } from '../../../src/extract/metadata/namedCredential.ts';
import { parseFixture } from './fixture.ts';

describe('parseNamedCredential', () => {
  it('finds the address among the parameters', () => {
    const file = 'Carrier.namedCredential-meta.xml';
    expect(parseFixture(parseNamedCredential, file)).toEqual({
      name: 'Carrier',
      place: { file, line: 2, column: 1 },
      url: 'https://api.carrier.example/v2',
    });
  });

  it('reads a legacy credential', () => {
    const file = 'Old_Carrier.namedCredential-meta.xml';
    expect(parseFixture(parseNamedCredential, file)).toEqual({
      name: 'Old_Carrier',
      place: { file, line: 1, column: 1 },
      url: 'https://old.carrier.example',
    });
  });
});
