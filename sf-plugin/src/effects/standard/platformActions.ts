import type { Certainty } from '@agent-readiness/protocol';
import { effect, type EffectTemplate, type StandardAction } from './template.ts';

type Row = readonly [names: string, effects: readonly EffectTemplate[], certainty?: Certainty];

/**
 * Actions that the platform provides, with what they do. Sources: Salesforce Help on agent actions and flow core
 * actions, and the shipped agent templates; a `possible` row rests on the action's description alone.
 *
 * Names are those of `InvocableActionType` and of the agent action library (`EmployeeCopilot__…`, `Slack__…`).
 */
const rows: readonly Row[] = [
  // They read, and no model sees more than the agent's own.
  ['EmployeeCopilot__QueryRecordsWithAggregate queryRecordsWithAggregate', []],
  ['EmployeeCopilot__IdentifyRecordByName identifyRecordByName', []],
  ['EmployeeCopilot__IdentifyObjectByName identifyObjectByName', []],
  ['EmployeeCopilot__GetRecordDetails getDataForGrounding', []],
  ['EmployeeCopilot__GetActivitiesTimeline getActivitiesTimeline', []],
  ['EmployeeCopilot__GetActivityDetails getActivityDetails', []],
  ['EmployeeCopilot__ExtractFieldsAndValuesFromUserInput getRecordFieldsAndValues', []],
  ['getRecord getRecords', []],
  ['generateVerificationCode verifyCustomerCode', []],
  ['convertAttributesToJson convertDateTimeToDate convertDateToDateTime convertImgToBase64Str convertTimeZone', []],
  ['cdpMlPrediction namedQuery retriever', []],

  // They send what they read to a model.
  [
    'EmployeeCopilot__AnswerQuestionsWithKnowledge streamKnowledgeSearch knowledgeSearch',
    [effect('call-model', 'streamKnowledgeSearch')],
  ],
  ['EmployeeCopilot__QueryRecords queryRecords', [effect('call-model', 'queryRecords')]],
  ['EmployeeCopilot__SummarizeRecord summarizeRecord', [effect('call-model', 'summarizeRecord')]],
  ['EmployeeCopilot__DraftOrReviseEmail draftOrReviseEmail', [effect('call-model', 'draftOrReviseEmail')]],
  ['generatePromptResponse generatePromptResponseBatch', [effect('call-model', '*')], 'possible'],
  [
    'einsteinGenerateMessages generateBrief generateLoyaltyPromotionEmail generatePromptMetadata generateSqlForTransform',
    [effect('call-model', '*')],
    'possible',
  ],
  ['EmployeeCopilot__WebSearch webSearchStream', [effect('callout', 'web', { reversibility: 'reversible' })]],

  // They write records.
  ['EmployeeCopilot__UpdateRecordFields einsteinCopilotUpdateRecord', [effect('update', '*')]],
  ['createRecord', [effect('create', '*')]],
  ['updateRecord', [effect('update', '*')]],
  ['sales_sdr_agent__UpdateSalesRecord salesAgentUpdateSalesRecord', salesRecords('update'), 'possible'],
  ['salesAgentQualifySalesRecord', salesRecords('update'), 'possible'],
  [
    'sales_sdr_agent__CreateSalesRecord createSalesRecordViaAgent',
    [effect('create', 'Lead'), effect('create', 'Contact'), effect('create', 'Account')],
    'possible',
  ],
  ['chatterPost', [effect('create', 'FeedItem')]],
  ['submit', [effect('create', 'ProcessInstance')]],
  ['routeWork', [effect('create', 'PendingServiceRouting')]],
  ['createTask logACall', [effect('create', 'Task')], 'possible'],
  ['createCustomField', [effect('create', 'CustomField')], 'possible'],
  ['quickAction', [effect('create', '*'), effect('update', '*')], 'possible'],
  ['deleteKnowledgeArticles', [effect('delete', 'Knowledge__kav', { extent: 'unbounded' })]],
  ['archiveKnowledgeArticles', [effect('update', 'Knowledge__kav', { extent: 'unbounded' })]],
  ['writeOffInvoices', [effect('update', 'Invoice', { extent: 'unbounded' })], 'possible'],

  // They change what somebody may do.
  ['activateSessionPermSet deactivateSessionPermSet', [effect('grant', 'PermissionSet')]],
  [
    'selfResetPassword itServicePasswordReset',
    [effect('grant', 'User', { reversibility: 'irreversible' })],
    'possible',
  ],
  [
    'creaUsersFromGrpCensusMembers createAcctUsrFrGrpCens createCtctUsrFrGrpCens',
    [effect('grant', 'User')],
    'possible',
  ],

  // They leave the org, or start somebody else.
  ['emailSimple emailAlert', [effect('send-message', 'email')]],
  ['sendEmailMessage scheduleEmail', [effect('send-message', 'email')], 'possible'],
  ['customNotificationAction', [effect('send-message', 'notification')]],
  ['sendSmsMessage', [effect('send-message', 'sms')]],
  ['sendWhatsAppMessage', [effect('send-message', 'whatsapp')]],
  [
    `Slack__SendMessageToSlackChannel slackAgentDynamic__SendMessageToSlackChannel Slack__ReplyInThread
     slackAgentDynamic__ReplyInThread slackPostMessage slackAgentSendDirectMessage`,
    [effect('send-message', 'slack')],
  ],
  ['Slack__SearchSlack slackAgentSearch', []],
  ['publishActionableOrchSrcEvent', [effect('publish-event', '*')], 'possible'],
  ['generateAiAgentResponse', [effect('invoke-agent', '*')]],
];

function salesRecords(operation: 'update'): EffectTemplate[] {
  return ['Lead', 'Contact', 'Opportunity'].map((object) => effect(operation, object));
}

const byName: ReadonlyMap<string, StandardAction> = new Map(
  rows.flatMap(([names, effects, certainty = 'proven']) =>
    names.split(/\s+/).map((name): [string, StandardAction] => [name.toLowerCase(), { effects, certainty }]),
  ),
);

/** What a platform action is documented to do, by its name in any letter case; `undefined` where nothing is. */
export function platformAction(name: string): StandardAction | undefined {
  return byName.get(name.toLowerCase());
}
