import { describe, expect, it } from '@jest/globals';
import type { Statement } from '../../../src/extract/apex/body.ts';
import { fold } from '../../../src/effects/apex/fold.ts';
import { isSame, join, type Value } from '../../../src/effects/apex/value.ts';
import { constantValue, plain } from '../../../src/effects/apex/values.ts';
import { Variables } from '../../../src/effects/apex/variables.ts';

const declaration = (name: string): Statement => ({ kind: 'local', at: 100_001, type: 'String', name });
/** `String First; for (…) { String second; }` */
const method = {
  parameters: [{ name: 'Given', type: 'Id' }],
  body: [
    declaration('First'),
    { kind: 'loop', at: 200_001, init: [], update: [], body: [declaration('second')] } satisfies Statement,
  ],
};
const one = constantValue('one', 'String');
const two = constantValue('two', 'String');
const variable = (value: Value): { type: string; value: Value } => ({ type: 'String', value });

describe('Variables', () => {
  it('has nothing before it is set, and nothing after it is taken away', () => {
    const variables = Variables.of(method);
    expect(variables.get('first')).toBeUndefined();
    variables.set('first', variable(one));
    expect(variables.get('first')).toEqual(variable(one));
    variables.set('first', undefined);
    expect(variables.get('first')).toBeUndefined();
  });

  it('keeps the runs of one body apart', () => {
    const [a, b] = [Variables.of(method), Variables.of(method)];
    a.set('second', variable(one));
    expect(b.get('second')).toBeUndefined();
  });

  it('keeps a copy apart from what it was taken from', () => {
    const before = Variables.of(method);
    before.set('given', variable(one));
    const copy = before.copy();
    copy.set('given', variable(two));
    expect(before.get('given')).toEqual(variable(one));
  });

  it('takes a name that the body does not declare, such as one of code with a syntax error', () => {
    const variables = Variables.of({ parameters: [], body: [] });
    variables.set('elsewhere', variable(one));
    expect(variables.copy().get('elsewhere')).toEqual(variable(one));
  });

  it('joins what both have, and keeps what one of them has', () => {
    const [a, b] = [Variables.of(method), Variables.of(method)];
    a.set('given', variable(one));
    a.set('first', variable(one));
    b.set('first', variable(two));
    b.set('second', variable(two));
    const joined = a.joined(b, join);
    expect(joined.get('given')?.value.constant).toBe('one');
    expect(joined.get('first')?.value).toEqual(plain('String', 'constant'));
    expect(joined.get('second')?.value.constant).toBe('two');
    expect(a.get('first')?.value.constant).toBe('one');
  });

  it('differs where a variable that both have says something else', () => {
    const before = Variables.of(method);
    before.set('first', variable(one));
    const after = before.copy();
    after.set('second', variable(two));
    expect(before.differs(after, isSame)).toBe(false);
    after.set('first', variable({ ...one }));
    expect(before.differs(after, isSame)).toBe(false);
    after.set('first', variable(two));
    expect(before.differs(after, isSame)).toBe(true);
  });

  it('replaces in the order of the declarations, whatever was set first', () => {
    const variables = Variables.of(method);
    for (const name of ['second', 'given', 'first']) variables.set(name, variable(one));
    const seen: string[] = [];
    variables.map((each, name) => {
      seen.push(name);
      return each;
    });
    expect(seen).toEqual(['given', 'first', 'second']);
  });
});

describe('fold', () => {
  it('gives one text for all spellings of a name', () => {
    expect(['ACCOUNT__c', 'Account__C', 'account__c'].map(fold)).toEqual(['account__c', 'account__c', 'account__c']);
    expect(fold('constructor')).toBe('constructor');
  });
});
