import { describe, expect, it } from '@jest/globals';
import type { OrgState } from '../../../src/org/orgState.ts';
import { createOrgState, insert, runQuery } from './runQuery.ts';

/** Four accounts, three contacts, three refunds with two lines. */
function createExample(): { org: OrgState; ids: Readonly<Record<string, string>> } {
  const org = createOrgState();
  const acme = insert(org, 'Account', {
    Name: 'Acme',
    Industry: 'Energy',
    NumberOfEmployees: 50,
    AnnualRevenue: 10.5,
    Description: 'long text',
  });
  const globex = insert(org, 'Account', { Name: 'globex', Industry: 'Energy', NumberOfEmployees: 500, ParentId: acme });
  const umbrella = insert(org, 'Account', { Name: 'Umbrella 100%', NumberOfEmployees: 5 });
  const oBrien = insert(org, 'Account', { Name: "O'Brien_Co", Industry: 'Retail' });
  insert(org, 'Contact', { LastName: 'Ada', FirstName: 'Zoe', AccountId: acme, Birthdate: '1990-02-01' });
  insert(org, 'Contact', { LastName: 'Bell', AccountId: acme, Birthdate: '2026-11-23' });
  insert(org, 'Contact', { LastName: 'Cole' });
  const refund = insert(org, 'Refund__c', {
    Amount__c: 5,
    Due__c: '2026-11-20',
    Tags__c: 'gift;late',
    Account__c: acme,
  });
  insert(org, 'Refund__c', { Amount__c: 7, Due__c: '2026-12-01', Tags__c: 'loss', Status__c: 'Paid' });
  insert(org, 'Refund__c', { Amount__c: 9 });
  insert(org, 'Refund_Line__c', { Refund__c: refund, Quantity__c: 1 });
  insert(org, 'Refund_Line__c', { Refund__c: refund, Quantity__c: 2 });
  return { org, ids: { acme, globex, umbrella, oBrien } };
}

const { org, ids } = createExample();
const acme15 = ids['acme']?.slice(0, 15) ?? '';

/** The values of every record, in the order of the fields. */
function rows(query: string): unknown[][] {
  return runQuery(org, query).records.map((record) =>
    Object.entries(record).flatMap(([name, value]) => (name === 'attributes' ? [] : [value])),
  );
}

describe('WHERE', () => {
  it.each([
    ["Name = 'Acme'", ['Acme']],
    ["name = 'ACME'", ['Acme']],
    ["Account.Name = 'Acme'", ['Acme']],
    ["Name != 'Acme'", ['globex', 'Umbrella 100%', "O'Brien_Co"]],
    ["Name <> 'Acme' AND Industry = 'Energy'", ['globex']],
    ['Industry = null', ['Umbrella 100%']],
    ['Industry != null', ['Acme', 'globex', "O'Brien_Co"]],
    // A missing value is different from any other.
    ["Industry != 'Energy'", ['Umbrella 100%', "O'Brien_Co"]],
    ["NOT Industry = 'Energy'", ['Umbrella 100%', "O'Brien_Co"]],
    ["NOT (Industry = 'Energy' OR Industry = null)", ["O'Brien_Co"]],
    ["Industry = 'Retail' OR (Industry = 'Energy' AND NumberOfEmployees > 50)", ['globex', "O'Brien_Co"]],
    // No value is neither below nor above.
    ['NumberOfEmployees < 500', ['Acme', 'Umbrella 100%']],
    ['NumberOfEmployees >= 50', ['Acme', 'globex']],
    ['NumberOfEmployees <= 50', ['Acme', 'Umbrella 100%']],
    ['AnnualRevenue = 10.5', ['Acme']],
    ["Name > 'b'", ['globex', 'Umbrella 100%', "O'Brien_Co"]],
    ["Name LIKE 'G%'", ['globex']],
    ["Name LIKE '%o_e%'", ['globex']],
    ["Name LIKE '%100\\%'", ['Umbrella 100%']],
    ["Name LIKE 'O\\'%\\_Co'", ["O'Brien_Co"]],
    ["Name LIKE 'Acm.'", []],
    ["(NOT Name LIKE '%e%')", []],
    ["Name IN ('acme', 'Nobody', 'globex')", ['Acme', 'globex']],
    ["Name NOT IN ('acme', 'globex')", ['Umbrella 100%', "O'Brien_Co"]],
    ['NumberOfEmployees IN (5, 500)', ['globex', 'Umbrella 100%']],
    ["Parent.Name = 'Acme'", ['globex']],
    ['Parent.Name = null', ['Acme', 'Umbrella 100%', "O'Brien_Co"]],
    [`Id = '${acme15}'`, ['Acme']],
    [`ParentId IN ('${acme15}')`, ['globex']],
    ['Id IN (SELECT AccountId FROM Contact)', ['Acme']],
    // One contact has no account: that is no value to be equal to.
    ['ParentId IN (SELECT AccountId FROM Contact)', ['globex']],
    ["Id IN (SELECT AccountId FROM Contact WHERE LastName = 'Cole')", []],
    ['Id NOT IN (SELECT AccountId FROM Contact)', ['globex', 'Umbrella 100%', "O'Brien_Co"]],
    ['CreatedDate = TODAY', ['Acme', 'globex', 'Umbrella 100%', "O'Brien_Co"]],
    ['CreatedDate > 2026-11-23T12:00:00Z', []],
    ['CreatedDate >= 2026-11-23T13:00:00+01:00', ['Acme', 'globex', 'Umbrella 100%', "O'Brien_Co"]],
    ['CreatedDate < TODAY', []],
    ["IsDeleted = false AND Owner.Name = 'Administrator'", ['Acme', 'globex', 'Umbrella 100%', "O'Brien_Co"]],
  ])('%s', (where, names) => {
    expect(rows(`SELECT Name FROM Account WHERE ${where}`)).toEqual(names.map((name) => [name]));
  });

  it.each([
    ['Due__c = 2026-11-20', [5]],
    ['Due__c < 2026-12-01', [5]],
    ['Due__c <= 2026-12-01', [5, 7]],
    ['Due__c != 2026-11-20', [7, 9]],
    ['Due__c = LAST_N_DAYS:3', [5]],
    ['Due__c = LAST_N_DAYS:2', []],
    ['Due__c = NEXT_N_DAYS:8', [7]],
    ['Due__c = NEXT_N_DAYS:7', []],
    ['Due__c = N_DAYS_AGO:3', [5]],
    ['Due__c = LAST_WEEK', [5]],
    ['Due__c = THIS_WEEK', []],
    ['Due__c = NEXT_WEEK', [7]],
    ['Due__c = THIS_MONTH', [5]],
    ['Due__c = NEXT_MONTH', [7]],
    ['Due__c = THIS_YEAR', [5, 7]],
    ['Due__c > YESTERDAY', [7]],
    ["Tags__c INCLUDES ('late')", [5]],
    ["Tags__c INCLUDES ('gift;late', 'loss')", [5, 7]],
    ["Tags__c INCLUDES ('gift;loss')", []],
    ["Tags__c EXCLUDES ('late')", [7, 9]],
    ["Status__c = 'open'", [5, 9]],
  ])('%s', (where, amounts) => {
    expect(rows(`SELECT Amount__c FROM Refund__c WHERE ${where}`)).toEqual(amounts.map((amount) => [amount]));
  });
});

describe('ORDER BY, LIMIT, OFFSET', () => {
  it.each([
    ['ORDER BY Name', ['Acme', 'globex', "O'Brien_Co", 'Umbrella 100%']],
    ['ORDER BY Name DESC LIMIT 2', ['Umbrella 100%', "O'Brien_Co"]],
    ['ORDER BY NumberOfEmployees', ["O'Brien_Co", 'Umbrella 100%', 'Acme', 'globex']],
    ['ORDER BY NumberOfEmployees DESC', ["O'Brien_Co", 'globex', 'Acme', 'Umbrella 100%']],
    ['ORDER BY NumberOfEmployees ASC NULLS LAST', ['Umbrella 100%', 'Acme', 'globex', "O'Brien_Co"]],
    ['ORDER BY Industry, Name DESC', ['Umbrella 100%', 'globex', 'Acme', "O'Brien_Co"]],
    ['ORDER BY Name LIMIT 1 OFFSET 1', ['globex']],
    ['ORDER BY Name LIMIT 0', []],
    ['WITH USER_MODE ORDER BY Name LIMIT 1 FOR UPDATE', ['Acme']],
  ])('%s', (end, names) => {
    expect(rows(`SELECT Name FROM Account ${end}`)).toEqual(names.map((name) => [name]));
  });
});

describe('what is selected', () => {
  it('spells names as the schema does and nests parents and children', () => {
    const query =
      "select id, parent.name, parent.owner.name, (select lastname from contacts order by lastname desc) from account where name != 'globex' limit 1";
    const address = '/services/data/v68.0/sobjects';
    expect(runQuery(org, query).records).toEqual([
      {
        attributes: { type: 'Account', url: `${address}/Account/${ids['acme'] ?? ''}` },
        Id: ids['acme'],
        Parent: null,
        Contacts: {
          totalSize: 2,
          done: true,
          records: [
            { attributes: { type: 'Contact', url: `${address}/Contact/003Fk0000000002IAA` }, LastName: 'Bell' },
            { attributes: { type: 'Contact', url: `${address}/Contact/003Fk0000000001IAA` }, LastName: 'Ada' },
          ],
        },
      },
    ]);
  });

  it('has no children as null', () => {
    expect(rows("SELECT Name, (SELECT Id FROM Contacts) FROM Account WHERE Name = 'globex'")).toEqual([
      ['globex', null],
    ]);
  });

  it('filters, sorts and cuts children below each parent', () => {
    const query =
      'SELECT Amount__c, (SELECT Quantity__c FROM Lines__r WHERE Quantity__c > 0 ORDER BY Quantity__c DESC LIMIT 1) FROM Refund__c';
    const quantities = runQuery(org, query).records.map(({ Lines__r: lines }) => lines);
    expect(quantities).toEqual([
      { totalSize: 1, done: true, records: [expect.objectContaining({ Quantity__c: 2 })] },
      null,
      null,
    ]);
  });

  it('computes formulas', () => {
    expect(rows("SELECT Name FROM Contact WHERE Name LIKE 'Z%'")).toEqual([['Zoe Ada']]);
  });
});

describe('groups', () => {
  it.each([
    ['SELECT COUNT(Id) FROM Account', [[4]]],
    ['SELECT COUNT(Industry) n, COUNT_DISTINCT(Industry) d FROM Account', [[3, 2]]],
    [
      'SELECT SUM(NumberOfEmployees), AVG(NumberOfEmployees), MIN(Name), MAX(Name) FROM Account',
      [[555, 185, 'Acme', 'Umbrella 100%']],
    ],
    ["SELECT SUM(NumberOfEmployees), COUNT(Id) FROM Account WHERE Name = 'x'", [[null, 0]]],
    [
      'SELECT Industry, COUNT(Id) FROM Account GROUP BY Industry ORDER BY COUNT(Id) DESC, Industry',
      [
        ['Energy', 2],
        [null, 1],
        ['Retail', 1],
      ],
    ],
    ['SELECT Industry FROM Account GROUP BY Industry HAVING COUNT(Id) > 1', [['Energy']]],
    [
      'SELECT Account.Name, COUNT(Id) FROM Contact GROUP BY Account.Name',
      [
        ['Acme', 2],
        [null, 1],
      ],
    ],
    [
      'SELECT Status__c, MAX(Due__c) FROM Refund__c GROUP BY Status__c ORDER BY Status__c LIMIT 1',
      [['Open', '2026-11-20']],
    ],
  ])('%s', (query, expected) => {
    expect(rows(query)).toEqual(expected);
  });

  it('names values without an alias expr0, expr1, …', () => {
    expect(
      runQuery(org, 'SELECT Industry, COUNT(Id) n, MIN(Name), MAX(Name) FROM Account GROUP BY Industry LIMIT 1')
        .records,
    ).toEqual([{ attributes: { type: 'AggregateResult' }, Industry: 'Energy', n: 2, expr0: 'Acme', expr1: 'globex' }]);
  });

  it.each([
    ['SELECT COUNT() FROM Account', 4],
    ["SELECT COUNT() FROM Account WHERE Industry = 'Energy'", 2],
    ['SELECT COUNT() FROM Account LIMIT 3', 3],
  ])('%s is a number without records', (query, totalSize) => {
    expect(runQuery(org, query)).toEqual({ records: [], totalSize });
  });
});
