import { describe, expect, it } from '@jest/globals';
import { allNames, stableName, withoutOrgId } from '../../../src/extract/agents/names.ts';

const none = {
  fullName: undefined,
  developerName: undefined,
  localDeveloperName: undefined,
  label: undefined,
  source: undefined,
};

describe('withoutOrgId', () => {
  it.each([
    ['Cancel_Order_179fj000001YNBJ', 'Cancel_Order'],
    ['Orders_16jfj000001F2iT', 'Orders'],
    ['Orders_16jfj000001F2iTAAS', 'Orders'],
    ['Orders', 'Orders'],
    ['Orders_16j', 'Orders_16j'],
    ['Orders_500fj000001F2iT', 'Orders_500fj000001F2iT'],
    ['Orders_16jfj000001F2iTx', 'Orders_16jfj000001F2iTx'],
  ])('%s is %s', (name, stable) => {
    expect(withoutOrgId(name)).toBe(stable);
  });
});

describe('stableName', () => {
  it('prefers the local developer name, then a name without its id, then the label', () => {
    const developerName = 'Cancel_179fj000001YNBJ';
    expect(stableName({ ...none, developerName, localDeveloperName: 'Cancel_Local', label: 'L' })).toBe('Cancel_Local');
    expect(stableName({ ...none, developerName, label: 'L' })).toBe('Cancel');
    expect(stableName({ ...none, fullName: developerName })).toBe('Cancel');
    expect(stableName({ ...none, label: 'L' })).toBe('L');
    expect(stableName(none)).toBeUndefined();
  });
});

describe('allNames', () => {
  it('leaves out what is missing', () => {
    expect(allNames({ ...none, fullName: 'F', source: 'S' })).toEqual(['F', 'S']);
  });
});
