import { describe, expect, it } from '@jest/globals';
import {
  partySchema,
  planSha256,
  salesforceIdSchema,
  traceparentSchema,
  userIdSchema,
} from '@agent-readiness/protocol/handoff';
import { plan } from '../vectors/scenario.ts';

describe('salesforceIdSchema', () => {
  // The pair that Salesforce's own documentation gives for the two forms of an id.
  it('knows the check characters', () => {
    expect(salesforceIdSchema.safeParse('001D000000IRFmaIAH').success).toBe(true);
  });

  it.each([
    '001D000000IRFma',
    '001d000000IRFmaIAH',
    '001D000000IRFmaIAG',
    '001D000000IRFmaiah',
    '001D000000IRFma-AH',
    '',
  ])('refuses %j', (id) => {
    expect(salesforceIdSchema.safeParse(id).success).toBe(false);
  });

  it('knows a user from a record', () => {
    expect(userIdSchema.safeParse('0055g00000AbCdEAAV').success).toBe(true);
    expect(userIdSchema.safeParse('001D000000IRFmaIAH').success).toBe(false);
  });
});

describe('partySchema', () => {
  it.each([
    'https://example.my.salesforce.com/00D5g000004ABCDEA4',
    'https://bridge.example.com',
    'https://bridge.example.com:8443/v1',
  ])('takes %s', (party) => {
    expect(partySchema.safeParse(party).success).toBe(true);
  });

  it.each([
    'http://bridge.example.com',
    'https://Bridge.example.com',
    'https://a.example/\n',
    'https://a@b.example',
    'https://a.example?x',
    '',
  ])('refuses %j', (party) => {
    expect(partySchema.safeParse(party).success).toBe(false);
  });
});

describe('traceparentSchema', () => {
  it.each([
    '00-00000000000000000000000000000000-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
    '01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    '00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  ])('refuses %s', (trace) => {
    expect(traceparentSchema.safeParse(trace).success).toBe(false);
  });
});

describe('planSha256', () => {
  it('does not depend on the order of members', () => {
    const reversed = Object.fromEntries(Object.entries(plan).reverse());
    expect(planSha256(reversed)).toBe(planSha256(plan));
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a plan with more in it', { ...plan, also: 'this' }],
    ['a plan that never expires', { ...plan, expires: undefined }],
    ['text without a UTF-8 form', { ...plan, arguments: { note: '\ud800' } }],
    ['nesting without end', { ...plan, arguments: JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)) as unknown }],
  ])('is nothing for %s', (_, wrong) => {
    expect(planSha256(wrong)).toBeUndefined();
  });

  it('changes with every part of the plan', () => {
    const changes = [
      { tool: 'delete_record' },
      { arguments: {} },
      { actor: { sub: 'Order_Agent', version: 'v4' } },
      { policy: '0'.repeat(64) },
      { expires: plan.expires + 1 },
      { nonce: '00000000-0000-4000-8000-000000000008' },
    ];
    const digests = changes.map((change) => planSha256({ ...plan, ...change }));
    expect(new Set([planSha256(plan), ...digests]).size).toBe(7);
  });
});
