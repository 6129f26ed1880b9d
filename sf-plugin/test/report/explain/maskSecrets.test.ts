import { describe, expect, it } from '@jest/globals';
import { maskSecrets } from '../../../src/report/explain/maskSecrets.ts';

// Put together here, so that nobody's scanner takes this file for a leak.
const key = 'Ab3'.repeat(14);
const webToken = `eyJ${'hbGciOiJ'.repeat(4)}`;

describe('what looks like a secret', () => {
  it.each([
    ["String dbPassword = 'hunter2';", "String dbPassword = '*******';"],
    ['"client_secret": "s3cr3t"', '"client_secret": "******"'],
    [String.raw`pwd = 'it\'s'`, "pwd = '*****'"],
    ["request.setHeader('Authorization', 'abc');", "request.setHeader('Authorization', '***');"],
    ["'X-Api-Key' => 'abc'", "'X-Api-Key' => '***'"],
    ["if (token == 'abc') {", "if (token == '***') {"],
    ['<consumerSecret>abc</consumerSecret>', '<consumerSecret>***</consumerSecret>'],
    ['Bearer abcdefgh12', 'Bearer **********'],
    ['https://user:pass@example.com/a', 'https://user:****@example.com/a'],
    [`x(${webToken})`, `x(${'*'.repeat(webToken.length)})`],
    [key, '*'.repeat(42)],
    [`  ${key}==`, `  ${'*'.repeat(44)}`],
  ])('is masked in %s', (text, expected) => {
    expect(maskSecrets(text)).toBe(expected);
  });

  it.each([
    'delete [SELECT Id FROM Contact WHERE Id = :contactId];',
    'String password = request.password;',
    "send(token, 'Order');",
    '<target>Order_Care_Service_Agent_With_A_Long_Name</target>',
    'theOrderCareServiceThatRemovesOldContactsOfEveryCustomer();',
    `<activeVersionIdentifier>${key}</activeVersionIdentifier>`,
    'https://example.com:8443/path',
  ])('is not in %s', (text) => {
    expect(maskSecrets(text)).toBe(text);
  });
});
