import type { Certainty } from '@agent-readiness/protocol';

/** Records that the platform deletes together with the record that they look up. */
export interface StandardCascade {
  readonly child: string;
  /** The look-up on the child. */
  readonly field: string;
  readonly certainty: Exclude<Certainty, 'opaque'>;
}

/*
 * Relationships between standard objects, which no metadata file describes. Listed are records that somebody would miss:
 * histories, shares and feeds go as well. Sources: Salesforce Help on deleting accounts, contacts, cases, campaigns,
 * products and events, and the object reference; a `?` marks what only the shape of the relationship suggests.
 *
 * Not listed, because the platform refuses the deletion instead: the cases of an account or contact. It also refuses
 * while an account has closed won opportunities or activated contracts, or a price book entry is in use.
 *
 * Two facts for whoever follows a cascade: the user needs no permission on the deleted children, and their delete
 * triggers do not run (Apex Developer Guide, "Operations That Don't Invoke Triggers").
 */
const rows: Readonly<Record<string, string>> = {
  Account: `Contact.AccountId Opportunity.AccountId Contract.AccountId Asset.AccountId AccountContactRelation.AccountId
    AccountContactRole.AccountId AccountTeamMember.AccountId ContactPointAddress.ParentId
    Partner.AccountFromId ?Order.AccountId`,
  Contact: `AccountContactRelation.ContactId AccountContactRole.ContactId CampaignMember.ContactId
    CaseContactRole.ContactId ContractContactRole.ContactId OpportunityContactRole.ContactId`,
  Opportunity: `OpportunityLineItem.OpportunityId OpportunityContactRole.OpportunityId
    OpportunityCompetitor.OpportunityId OpportunityTeamMember.OpportunityId Quote.OpportunityId`,
  OpportunityLineItem: 'OpportunityLineItemSchedule.OpportunityLineItemId',
  Case: `CaseComment.ParentId CaseContactRole.CasesId CaseMilestone.CaseId CaseSolution.CaseId CaseTeamMember.ParentId
    EmailMessage.ParentId`,
  Individual: 'ContactPointAddress.ParentId',
  Solution: 'CaseSolution.SolutionId',
  Lead: 'CampaignMember.LeadId',
  Campaign: 'CampaignMember.CampaignId CampaignMemberStatus.CampaignId',
  Contract: 'ContractContactRole.ContractId',
  Order: 'OrderItem.OrderId',
  Quote: 'QuoteLineItem.QuoteId QuoteDocument.QuoteId',
  Product2: 'PricebookEntry.Product2Id',
  Pricebook2: 'PricebookEntry.Pricebook2Id',
  ServiceContract: 'ContractLineItem.ServiceContractId',
  WorkOrder: 'WorkOrderLineItem.WorkOrderId ?ServiceAppointment.ParentRecordId',
  WorkOrderLineItem: '?ServiceAppointment.ParentRecordId',
  ContentDocument: 'ContentVersion.ContentDocumentId ContentDocumentLink.ContentDocumentId',
  EmailMessage: 'EmailMessageRelation.EmailMessageId',
  Event: 'EventRelation.EventId',
  Task: 'TaskRelation.TaskId',
};

/** Standard objects on which people work: their activities, notes and attachments are deleted with them. */
const withActivities: ReadonlyMap<string, 'WhatId' | 'WhoId'> = new Map([
  ['Account', 'WhatId'],
  ['Asset', 'WhatId'],
  ['Campaign', 'WhatId'],
  ['Case', 'WhatId'],
  ['Contact', 'WhoId'],
  ['Contract', 'WhatId'],
  ['Lead', 'WhoId'],
  ['Opportunity', 'WhatId'],
  ['Order', 'WhatId'],
  ['Quote', 'WhatId'],
  ['Solution', 'WhatId'],
  ['WorkOrder', 'WhatId'],
]);

const byParent: ReadonlyMap<string, readonly StandardCascade[]> = new Map(
  Object.entries(rows).map(([parent, children]) => [
    parent.toLowerCase(),
    [...children.split(/\s+/).map(toCascade), ...activitiesOf(parent)],
  ]),
);

/**
 * What a deletion of a standard object's record deletes besides it, one step deep; nothing for a custom object, whose
 * fields say so.
 *
 * @param parent API name in any letter case
 */
export function standardCascades(parent: string): readonly StandardCascade[] {
  return byParent.get(parent.toLowerCase()) ?? [];
}

function toCascade(text: string): StandardCascade {
  const [child = '', field = ''] = text.replace('?', '').split('.');
  return { child, field, certainty: text.startsWith('?') ? 'possible' : 'proven' };
}

function activitiesOf(parent: string): StandardCascade[] {
  const field = withActivities.get(parent);
  if (field === undefined) return [];
  return [`Task.${field}`, `Event.${field}`, 'Note.ParentId', 'Attachment.ParentId'].map(toCascade);
}
