import { describe, expect, it } from '@jest/globals';
import { standardCascades } from '../../../src/effects/automation/standardCascades.ts';

/** `Child.field`, with a `?` where the cascade is only possible. */
function cascades(parent: string): string[] {
  return standardCascades(parent).map(
    ({ child, field, certainty }) => `${certainty === 'possible' ? '?' : ''}${child}.${field}`,
  );
}

describe('standardCascades', () => {
  it('deletes with an account what hangs on it, but not its cases', () => {
    expect(cascades('Account')).toEqual([
      'Contact.AccountId',
      'Opportunity.AccountId',
      'Contract.AccountId',
      'Asset.AccountId',
      'AccountContactRelation.AccountId',
      'AccountContactRole.AccountId',
      'AccountTeamMember.AccountId',
      'ContactPointAddress.ParentId',
      'Partner.AccountFromId',
      '?Order.AccountId',
      'Task.WhatId',
      'Event.WhatId',
      'Note.ParentId',
      'Attachment.ParentId',
    ]);
  });

  it('deletes the activities of a person by the field that names the person', () => {
    expect(cascades('Lead')).toEqual([
      'CampaignMember.LeadId',
      'Task.WhoId',
      'Event.WhoId',
      'Note.ParentId',
      'Attachment.ParentId',
    ]);
  });

  it.each(['case', 'CASE'])('compares names as the platform does: %s', (name) => {
    expect(cascades(name)).toEqual([
      'CaseComment.ParentId',
      'CaseContactRole.CasesId',
      'CaseMilestone.CaseId',
      'CaseSolution.CaseId',
      'CaseTeamMember.ParentId',
      'EmailMessage.ParentId',
      'Task.WhatId',
      'Event.WhatId',
      'Note.ParentId',
      'Attachment.ParentId',
    ]);
  });

  it('goes one step at a time', () => {
    expect(cascades('WorkOrderLineItem')).toEqual(['?ServiceAppointment.ParentRecordId']);
    expect(cascades('Order')).toContain('OrderItem.OrderId');
    expect(cascades('OrderItem')).toEqual([]);
  });

  it.each(['Refund__c', 'User', '*', '', 'constructor'])('knows nothing of %j', (name) => {
    expect(cascades(name)).toEqual([]);
  });
});
