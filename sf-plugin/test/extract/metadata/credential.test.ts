import { describe, expect, it } from '@jest/globals';
import { parseExternalCredential, parseNamedCredential } from '../../../src/extract/metadata/credential.ts';
import { parseFixture } from './fixture.ts';

describe('parseNamedCredential', () => {
  it('finds the address and the external credential among the parameters', () => {
    const file = 'Carrier.namedCredential-meta.xml';
    expect(parseFixture(parseNamedCredential, file)).toEqual({
      name: 'Carrier',
      place: { file, line: 2, column: 1 },
      url: 'https://api.carrier.example/v2',
      externalCredential: 'Carrier',
      calloutsEnabled: true,
    });
  });

  it('reads a legacy credential', () => {
    const file = 'Old_Carrier.namedCredential-meta.xml';
    expect(parseFixture(parseNamedCredential, file)).toEqual({
      name: 'Old_Carrier',
      place: { file, line: 1, column: 1 },
      url: 'https://old.carrier.example',
      externalCredential: undefined,
      calloutsEnabled: false,
    });
  });
});

describe('parseExternalCredential', () => {
  it('lists the principals and no other parameter', () => {
    const file = 'Carrier.externalCredential-meta.xml';
    expect(parseFixture(parseExternalCredential, file)).toEqual({
      name: 'Carrier',
      place: { file, line: 2, column: 1 },
      protocol: 'Oauth',
      principals: [{ name: 'Service', type: 'NamedPrincipal', place: { file, line: 9, column: 5 } }],
    });
  });
});
