import { describe, expect, it } from '@jest/globals';
import { standardAction } from '../../../src/effects/standard/standardAction.ts';

/** `operation:object` of every effect, with the certainty. */
function told(name: string): string {
  const action = standardAction(name);
  if (!action) return 'not known';
  return [action.certainty, ...action.effects.map(({ operation, object }) => `${operation}:${object}`)].join(' ');
}

/** The actions of the shipped agents, by the name in the library and by the name of their target. */
const documented: Readonly<Record<string, readonly string[]>> = {
  proven: [
    'EmployeeCopilot__QueryRecordsWithAggregate',
    'queryRecordsWithAggregate',
    'EmployeeCopilot__IdentifyRecordByName',
    'identifyRecordByName',
    'EmployeeCopilot__IdentifyObjectByName',
    'identifyObjectByName',
    'EmployeeCopilot__GetRecordDetails',
    'getDataForGrounding',
    'EmployeeCopilot__GetActivitiesTimeline',
    'EmployeeCopilot__GetActivityDetails',
    'EmployeeCopilot__ExtractFieldsAndValuesFromUserInput',
    'getRecordFieldsAndValues',
    'getRecord',
    'getRecords',
    'generateVerificationCode',
    'verifyCustomerCode',
  ],
  possible: [
    'SvcCopilotTmpl__VerifyCustomer',
    'SvcCopilotTmpl__VerifyCode',
    'SvcCopilotTmpl__IdentifyCustomerByEmail',
    'SvcCopilotTmpl__IdentifyCustomer',
    'SvcCopilotTmpl__GetCaseByVerifiedCaseNumber',
    'SvcCopilotTmpl__GetCaseByVrfyCaseNbr',
    'SvcCopilotTmpl__GetCasesForVerifiedContact',
    'SvcCopilotTmpl__GetCasesVrfyCtct',
    'SvcCopilotTmpl__GetOrdersByContact',
    'SvcCopilotTmpl__GetOrderByOrderNumber',
    'SvcCopilotTmpl__GetDeliveryTimeSlots',
    'SvcCopilotTmpl__GetReservationTimeSlots',
    'SvcCopilotTmpl__GetAvailableTimeSlots',
  ],
  'proven call-model:streamKnowledgeSearch': ['EmployeeCopilot__AnswerQuestionsWithKnowledge', 'streamKnowledgeSearch'],
  'proven call-model:queryRecords': ['EmployeeCopilot__QueryRecords', 'queryRecords'],
  'proven call-model:summarizeRecord': ['EmployeeCopilot__SummarizeRecord', 'summarizeRecord'],
  'proven call-model:draftOrReviseEmail': ['EmployeeCopilot__DraftOrReviseEmail', 'draftOrReviseEmail'],
  'proven callout:web': ['EmployeeCopilot__WebSearch', 'webSearchStream'],
  'proven update:*': ['EmployeeCopilot__UpdateRecordFields', 'einsteinCopilotUpdateRecord', 'updateRecord'],
  'proven create:*': ['createRecord'],
  'possible update:Lead update:Contact update:Opportunity': [
    'salesAgentUpdateSalesRecord',
    'salesAgentQualifySalesRecord',
  ],
  'possible create:Lead create:Contact create:Account': ['createSalesRecordViaAgent'],
  'proven send-message:email': ['emailSimple', 'emailAlert'],
  'proven create:FeedItem': ['chatterPost'],
  'proven send-message:notification': ['customNotificationAction'],
  'proven create:ProcessInstance': ['submit'],
  'possible create:* update:*': ['quickAction'],
  'proven create:PendingServiceRouting': ['routeWork'],
  'proven delete:Knowledge__kav': ['deleteKnowledgeArticles'],
  'proven update:Knowledge__kav': ['archiveKnowledgeArticles'],
  'proven send-message:slack': [
    'Slack__SendMessageToSlackChannel',
    'slackAgentDynamic__SendMessageToSlackChannel',
    'Slack__ReplyInThread',
    'slackAgentDynamic__ReplyInThread',
  ],
  'possible create:CaseComment': ['SvcCopilotTmpl__AddCaseComment'],
  'possible create:Case create:ContentVersion': ['SvcCopilotTmpl__CreateCaseEnhancedData'],
  'possible update:Case': ['SvcCopilotTmpl__CloseCaseGlobal'],
  'possible update:Contact': ['SvcCopilotTmpl__UpdateVerifiedContact', 'SvcCopilotTmpl__UpdateVrfyCtct'],
  'possible grant:User send-message:email': ['SvcCopilotTmpl__ResetSecurePassword', 'SvcCopilotTmpl__ResetScrPassword'],
  'possible update:Order': [
    'SvcCopilotTmpl__CancelOrder',
    'SvcCopilotTmpl__FinalizeNewDeliveryTime',
    'SvcCopilotTmpl__FinalizeDeliveryTime',
  ],
  'possible upsert:*': ['SvcCopilotTmpl__FinalizeReservation'],
  'possible send-message:email': ['SvcCopilotTmpl__SendEmailVerificationCode', 'SvcCopilotTmpl__SendVerificationCode'],
  'possible update:Campaign': ['EmployeeCopilot__RefineCampaignPreview', 'MktCloud__RefineCampaignPreview'],
};

/** Names of which nothing but their verb is known. */
const suggested: Readonly<Record<string, readonly string[]>> = {
  possible: [
    'getMetrics',
    'GETMETRICS',
    'cdpGetDataProfiles',
    'agentforceGridGetWorkbook',
    'getGroupCensusMembersAndPlans',
    'getFieldsToUpdateSalesRecord',
    'EmployeeCopilot__GetProducts',
    'slackAgentDynamic__GetUser',
    'getEinsteinRetrieverResults/Product_Index',
  ],
  'possible create:*': ['createGoal', 'generateWorkOrders', 'findOrCreatePatient', 'breAiLookupTableCreate'],
  'possible create:* update:*': ['createOrUpdateAssetFromOrder'],
  'possible update:*': ['cancelAppointment', 'verifyOrSubmitTimesheet', 'executeCmdbCiUpdate', 'pauseAds'],
  'possible upsert:*': ['saveBrief'],
  'possible delete:*': ['deleteCart', 'agentforceGridDeleteRows', 'removeTargetFromSalesCadence'],
  'possible merge:*': ['mergeMessagingSubscriber'],
  'possible convert:*': ['convertProspect'],
  'possible send-message:rcs': ['sendRcsMessage'],
  'possible send-message:*': ['notifyUser'],
  'possible call-model:draftCaseResponse': ['draftCaseResponse'],
};

const notKnown = [
  'apex',
  'checkInRegulatedContent',
  'executeAiAgentSkillTool',
  'getMetrix',
  'getOrExecFieldUpdtSuggestion',
  'listViewExecutePlan',
  'runProgramProcess',
  'SvcCopilotTmpl__GetEverything',
  'slackAgentDynamic__PinMessage',
  'trgrOnPriceDrop',
  '',
  '__proto__',
];

const rows = (table: Readonly<Record<string, readonly string[]>>): (readonly [string, string])[] =>
  Object.entries(table).flatMap(([expected, names]) => names.map((name) => [name, expected] as const));

describe('standardAction', () => {
  it.each(rows(documented))('knows %s: %s', (name, expected) => {
    expect(told(name)).toBe(expected);
  });

  it.each(rows(suggested))('reads %s by its verb: %s', (name, expected) => {
    expect(told(name)).toBe(expected);
  });

  it.each(notKnown)('does not pretend to know %j', (name) => {
    expect(told(name)).toBe('not known');
  });
});
