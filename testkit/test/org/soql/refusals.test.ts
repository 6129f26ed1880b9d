import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { SalesforceError } from '../../../src/org/errors.ts';
import { createOrgState, insert, runQuery } from './runQuery.ts';

const org = createOrgState();
insert(org, 'Account', { Name: 'Acme' });

function refusal(query: string): { code: string; place: string | undefined; message: string | undefined } {
  try {
    runQuery(org, query);
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    const lines = error.message.split('\n');
    return { code: error.errorCode, place: lines.at(-2)?.replace('ERROR at ', ''), message: lines.at(-1) };
  }
  throw new Error(`${query} was answered`);
}

describe('what is not SOQL', () => {
  it.each([
    ['', 'Row:1:Column:1', "unexpected token: '<EOF>' (expecting 'SELECT')"],
    ['SELECT Id FORM Account', 'Row:1:Column:11', "unexpected token: 'FORM' (expecting 'FROM')"],
    ['SELECT FROM Account', 'Row:1:Column:13', "unexpected token: 'Account' (expecting 'FROM')"],
    ['SELECT Id, FROM Account', 'Row:1:Column:17', "unexpected token: 'Account' (expecting 'FROM')"],
    ['SELECT Id FROM Account\nWHERE Name LIKE', 'Row:2:Column:16', "unexpected token: '<EOF>' (expecting a value)"],
    ['SELECT Id FROM Account WHERE', 'Row:1:Column:29', "unexpected token: '<EOF>' (expecting a field or object name)"],
    ["SELECT Id FROM Account WHERE Name = 'x", 'Row:1:Column:37', "line 1:36 no viable alternative at character '''"],
    ["SELECT Id FROM Account WHERE Name == 'x'", 'Row:1:Column:36', "unexpected token: '=' (expecting a value)"],
    ['SELECT Id FROM Account WHERE Name = "x"', 'Row:1:Column:37', "line 1:36 no viable alternative at character '\"'"],
    ['SELECT Id FROM Account WHERE Name = Acme', 'Row:1:Column:37', "unexpected token: 'Acme' (expecting a value)"],
    [
      "SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
      'Row:1:Column:56',
      "unexpected token: 'OR'",
    ],
    ["SELECT Id FROM Account WHERE (Name = 'a'", 'Row:1:Column:41', "unexpected token: '<EOF>' (expecting ')')"],
    ['SELECT Id FROM Account WHERE Name IN ()', 'Row:1:Column:39', "unexpected token: ')' (expecting a value)"],
    ['SELECT Id FROM Account LIMIT -1', 'Row:1:Column:30', "unexpected token: '-1' (expecting a whole number)"],
    ['SELECT Id FROM Account LIMIT x', 'Row:1:Column:30', "unexpected token: 'x' (expecting a whole number)"],
    ['SELECT Id FROM Account ORDER Name', 'Row:1:Column:24', "unexpected token: 'ORDER'"],
    ['SELECT Id FROM Account; DELETE', 'Row:1:Column:23', "line 1:22 no viable alternative at character ';'"],
    ["SELECT Id FROM Account WHERE Name = 'a\\q'", 'Row:1:Column:37', "Invalid string literal: illegal escape '\\q'"],
    [
      'SELECT Id FROM Account WHERE CreatedDate = 2026-02-30T99:00:00Z',
      'Row:1:Column:44',
      'Invalid date: 2026-02-30T99:00:00Z',
    ],
  ])('%s', (query, place, message) => {
    expect(refusal(query)).toEqual({ code: 'MALFORMED_QUERY', place, message });
  });

  it.each([
    'SELECT FIELDS(ALL) FROM Account LIMIT 200',
    'SELECT TYPEOF Owner WHEN User THEN Name END FROM Account',
    'SELECT toLabel(Industry) FROM Account',
    'SELECT Id FROM Account USING SCOPE Mine',
    'SELECT Id FROM Account ALL ROWS',
    'SELECT Id FROM Account a',
    'SELECT Id FROM Account WITH DATA CATEGORY Geography__c AT usa__c',
    'SELECT COUNT(Id) FROM Account GROUP BY ROLLUP(Industry)',
    'SELECT COUNT(Id) FROM Account GROUP BY CALENDAR_YEAR(CreatedDate)',
    'SELECT Id FROM Account WHERE CreatedDate = LAST_FISCAL_YEAR',
    'SELECT Id FROM Account WHERE CreatedDate = LAST_N_DAYS',
    "SELECT Id FROM Account WHERE DISTANCE(Location__c, GEOLOCATION(1,1), 'mi') < 20",
  ])('refuses what it does not implement: %s', (query) => {
    expect(refusal(query).code).toBe('MALFORMED_QUERY');
  });
});

describe('what the schema does not allow', () => {
  it.each([
    ['SELECT Id FROM Nothing__c', 'INVALID_TYPE', 'Row:1:Column:16'],
    ['SELECT Id FROM Refund_Paid__e', 'INVALID_TYPE', 'Row:1:Column:16'],
    ['SELECT Nothing__c FROM Account', 'INVALID_FIELD', 'Row:1:Column:8'],
    ['SELECT Nothing__r.Name FROM Account', 'INVALID_FIELD', 'Row:1:Column:8'],
    ['SELECT Owner.Nothing__c FROM Account', 'INVALID_FIELD', 'Row:1:Column:8'],
    ['SELECT Id, Id FROM Account', 'INVALID_FIELD', 'Row:1:Column:12'],
    ['SELECT Id, (SELECT Id FROM Nothing) FROM Account', 'INVALID_TYPE', 'Row:1:Column:28'],
    ['SELECT Id, (SELECT Id, (SELECT Id FROM Cases) FROM Contacts) FROM Account', 'MALFORMED_QUERY', 'Row:1:Column:25'],
    ['SELECT Id foo FROM Account', 'MALFORMED_QUERY', 'Row:1:Column:8'],
    ["SELECT Id FROM Account WHERE NumberOfEmployees = '5'", 'INVALID_FIELD', 'Row:1:Column:50'],
    ['SELECT Id FROM Account WHERE Name = 5', 'INVALID_FIELD', 'Row:1:Column:37'],
    ['SELECT Id FROM Account WHERE Name = true', 'INVALID_FIELD', 'Row:1:Column:37'],
    ['SELECT Id FROM Account WHERE CreatedDate = 2026-01-01', 'INVALID_FIELD', 'Row:1:Column:44'],
    ['SELECT Id FROM Refund__c WHERE Due__c = 2026-01-01T00:00:00Z', 'INVALID_FIELD', 'Row:1:Column:41'],
    ["SELECT Id FROM Account WHERE Id = 'acme'", 'INVALID_QUERY_FILTER_OPERATOR', 'Row:1:Column:35'],
    ["SELECT Id FROM Account WHERE Id LIKE '001%'", 'INVALID_QUERY_FILTER_OPERATOR', 'Row:1:Column:30'],
    ["SELECT Id FROM Account WHERE Description = 'x'", 'INVALID_FIELD', 'Row:1:Column:30'],
    ['SELECT Id FROM Account ORDER BY Description', 'MALFORMED_QUERY', 'Row:1:Column:33'],
    ['SELECT Name, COUNT(Id) FROM Account', 'MALFORMED_QUERY', 'Row:1:Column:8'],
    ['SELECT Name, COUNT(Id) FROM Account GROUP BY Industry', 'MALFORMED_QUERY', 'Row:1:Column:8'],
    ['SELECT SUM(Name) FROM Account', 'MALFORMED_QUERY', 'Row:1:Column:8'],
    ['SELECT COUNT(), Name FROM Account GROUP BY Name', 'MALFORMED_QUERY', 'Row:1:Column:8'],
    ['SELECT Id FROM Account WHERE COUNT(Id) > 1', 'MALFORMED_QUERY', 'Row:1:Column:30'],
    ['SELECT Id FROM Account WHERE Id IN (SELECT Name FROM Contact)', 'MALFORMED_QUERY', 'Row:1:Column:44'],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact LIMIT 1)',
      'MALFORMED_QUERY',
      'Row:1:Column:30',
    ],
  ])('%s', (query, code, place) => {
    expect(refusal(query)).toMatchObject({ code, place });
  });

  it('prints the line, a caret and the place as the platform does', () => {
    expect(() => runQuery(org, 'SELECT Id\nFROM Account\nWHERE Nothing__c = 1')).toThrow(
      new SalesforceError(
        'INVALID_FIELD',
        [
          '',
          'WHERE Nothing__c = 1',
          '      ^',
          'ERROR at Row:3:Column:7',
          "No such column 'Nothing__c' on entity 'Account'. If you are attempting to use a custom field, be sure to " +
            "append the '__c' after the custom field name. Please reference your WSDL or the describe call for the " +
            'appropriate names.',
        ].join('\n'),
      ),
    );
  });

  it('refuses an offset beyond 2,000', () => {
    expect(() => runQuery(org, 'SELECT Id FROM Account OFFSET 2001')).toThrow('Maximum SOQL offset allowed is 2000');
  });
});

it('answers or refuses any text, and nothing else', () => {
  const words = fc.constantFrom(
    ...'SELECT FROM WHERE AND OR NOT IN LIKE ORDER BY LIMIT GROUP HAVING COUNT ( ) , = != < > Id Name Account Contact Contacts null true 5 -1 2026-01-01 TODAY LAST_N_DAYS:3'.split(
      ' ',
    ),
    "'x'",
    "'%'",
    "'",
    '\\',
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 24 }), (tokens) => {
      try {
        runQuery(org, `SELECT Id ${tokens.join(' ')}`);
      } catch (error) {
        expect(error).toBeInstanceOf(SalesforceError);
      }
    }),
    { numRuns: 1500, seed: 68 },
  );
});

it('refuses brackets nested without end', () => {
  expect(refusal(`SELECT Id FROM Account WHERE ${'('.repeat(90_000)}`).code).toBe('MALFORMED_QUERY');
  expect(refusal(`SELECT Id FROM Account WHERE ${'NOT '.repeat(20_000)}`).code).toBe('MALFORMED_QUERY');
});
