import { describe, expect, it } from '@jest/globals';
import {
  checkEffects,
  createObject,
  loadSigner,
  type EffectReceipt,
  type Grant,
} from '@agent-readiness/protocol/handoff';
import { testKeys } from '../vectors/keys.ts';
import { updatedOrder } from '../vectors/objectCases.ts';
import {
  acceptClaims,
  approvalClaims,
  bridgeParty,
  ids,
  messageGrant,
  offerClaims,
  orgParty,
  readGrant,
  sha256,
  updateGrant,
} from '../vectors/scenario.ts';
import { value } from '../vectors/verifyCase.ts';

const signer = value(await loadSigner({ issuer: orgParty, role: 'org', ...testKeys.org }));
const bridge = value(await loadSigner({ issuer: bridgeParty, role: 'bridge', ...testKeys.bridge }));
const chain = value(await createObject('offer', offerClaims, signer));

const open: Grant = { ...updateGrant, gate: 'none', recordIds: undefined };
const third = '8015g00000ThIrDAAV';
const on = (record_id: string, ...fields: string[]): EffectReceipt => ({ ...updatedOrder, record_id, fields });
const mail: EffectReceipt = { operation: 'send-message', object: 'email', fields: [], status: 'confirmed', at: 1 };

const codeOf = (effects: EffectReceipt[], grants: Grant[], approvals: string[] = []): string | undefined =>
  checkEffects({ effects, approvals }, grants, chain)?.code;

describe('checkEffects', () => {
  it.each<[string, EffectReceipt[], Grant[]]>([
    ['nothing', [], []],
    [
      'as many records as the bound',
      [on(ids.order, 'Status'), on(ids.otherOrder, 'Status')],
      [{ ...open, fields: ['Status'] }],
    ],
    [
      'one record twice',
      [on(ids.order, 'A'), on(ids.order, 'B'), on(ids.order, 'A')],
      [{ ...open, fields: ['A', 'B'], extentLimit: 1 }],
    ],
    ['an update under an upsert', [on(ids.order, 'A')], [{ ...open, operation: 'upsert', fields: ['*'] }]],
    ['two grants for two records', [on(ids.order, 'A'), on(ids.otherOrder, 'B')], [limited('A'), limited('B')]],
    ['two grants shared by two records', [on(ids.order, 'A'), on(ids.otherOrder, 'A')], [limited('A'), limited('A')]],
    ['one message', [mail], [messageGrant]],
  ])('allows %s', (_, effects, grants) => {
    expect(codeOf(effects, grants)).toBeUndefined();
  });

  it.each<[string, EffectReceipt[], Grant[]]>([
    ['anything without a grant', [on(ids.order, 'A')], []],
    ['a write under a grant to read', [on(ids.order, 'Status')], [readGrant]],
    ['one record too many', [ids.order, ids.otherOrder, third].map((id) => on(id, 'A')), [{ ...open, fields: ['A'] }]],
    [
      'the room of a grant for other fields',
      [on(ids.order, 'A'), on(ids.otherOrder, 'A')],
      [limited('A'), limited('B')],
    ],
    ['two messages under one', [mail, mail], [messageGrant]],
    ['another record than the named one', [on(third, 'A')], [{ ...open, fields: ['A'], recordIds: [ids.order] }]],
  ])('refuses %s', (_, effects, grants) => {
    expect(codeOf(effects, grants)).toBe('effect_outside_authority');
  });

  it('takes a yes in the chain for an approval, and nothing else', async () => {
    const accept = value(await createObject('accept', acceptClaims(chain.sha256), bridge, chain));
    const decide = async (decision: 'approved' | 'rejected') =>
      value(
        await createObject('approval', { ...approvalClaims(accept.sha256, sha256('plan')), decision }, signer, accept),
      );
    const [yes, no] = [await decide('approved'), await decide('rejected')];
    const effects = [on(ids.order, 'Delivery_Date__c')];
    expect(checkEffects({ effects, approvals: [yes.sha256] }, [updateGrant], yes)).toBeUndefined();
    const refusal = { code: 'effect_without_approval' };
    expect(checkEffects({ effects, approvals: [no.sha256] }, [updateGrant], no)).toMatchObject(refusal);
  });

  it('refuses an approval that is not in the chain, and an effect that lacks one', () => {
    expect(codeOf([], [], [sha256('elsewhere')])).toBe('effect_without_approval');
    expect(codeOf([on(ids.order, 'Delivery_Date__c')], [updateGrant])).toBe('effect_without_approval');
  });
});

function limited(field: string): Grant {
  return { ...open, fields: [field], extentLimit: 1 };
}
