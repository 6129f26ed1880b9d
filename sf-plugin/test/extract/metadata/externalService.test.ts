import { describe, expect, it } from '@jest/globals';
import { parseExternalService } from '../../../src/extract/metadata/externalService.ts';
import { parseFixture } from './fixture.ts';

const registration = (body: string): string => `<ExternalServiceRegistration>\n${body}\n</ExternalServiceRegistration>`;

describe('parseExternalService', () => {
  it('joins the operations that are switched on with their requests', () => {
    const file = 'Carrier_API.externalServiceRegistration-meta.xml';
    const at = (line: number) => ({ file, line, column: 5 });
    expect(parseFixture(parseExternalService, file)).toEqual({
      name: 'Carrier_API',
      place: { file, line: 2, column: 1 },
      providerType: 'Custom',
      providerAsset: undefined,
      namedCredential: 'Carrier',
      server: 'https://schema.carrier.example',
      operations: [
        { name: 'getParcel', place: at(5), request: { verb: 'GET', path: '/parcels/{id}' } },
        { name: 'rerouteParcel', place: at(9), request: { verb: 'PUT', path: '/parcels/{id}/route' } },
        { name: 'archive', place: at(17), request: undefined },
      ],
    });
  });

  it('takes the operations of the schema where the registration lists none', () => {
    const text = registration('  <schema>swagger: "2.0"\nhost: pay.example\npaths: { /pay: { post: {} } }</schema>');
    const { server, operations } = parseExternalService('Pay.externalServiceRegistration', text);
    expect(server).toBe('https://pay.example');
    expect(operations).toEqual([
      {
        name: 'POST /pay',
        place: { file: 'Pay.externalServiceRegistration', line: 2, column: 3 },
        request: { verb: 'POST', path: '/pay' },
      },
    ]);
  });

  it('does not choose between two requests whose ids become one name', () => {
    const text = registration(
      `<operations><active>true</active><name>getItem</name></operations>
       <schema>{"paths":{"/a":{"get":{"operationId":"get_item"}},"/b":{"post":{"operationId":"getItem"}}}}</schema>`,
    );
    const { operations } = parseExternalService('S', text);
    expect(operations.map(({ name, request }) => ({ name, request }))).toEqual([
      { name: 'getItem', request: undefined },
    ]);
  });

  it('keeps the class behind a service made from Apex', () => {
    const text = registration(
      `<registrationProviderAsset>ParcelResource</registrationProviderAsset>
       <registrationProviderType>ApexRest</registrationProviderType>`,
    );
    expect(parseExternalService('Parcels.externalServiceRegistration', text)).toMatchObject({
      name: 'Parcels',
      providerType: 'ApexRest',
      providerAsset: 'ParcelResource',
      operations: [],
    });
  });

  it.each(['{ "paths": ', 'a: b: c: [', '[&#x41;'])('refuses a schema that is neither JSON nor YAML: %s', (schema) => {
    expect(() => parseExternalService('S', registration(`<schema>${schema}</schema>`))).toThrow(
      expect.objectContaining({
        name: 'UnreadableError',
        message: 'the schema is neither JSON nor YAML',
        place: { file: 'S', line: 2, column: 1 },
      }),
    );
  });
});
