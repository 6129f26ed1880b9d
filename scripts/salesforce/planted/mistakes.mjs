/**
 * Mistakes that people make in Apex, queries and metadata. Each stands in a file of its own, so that one run of the
 * checks meets all of them, and replaces the first `find` in it. `caught` is part of what the checks then have to say
 * about the file, which they say nothing about otherwise; null where no check can know.
 *
 * @typedef {{ name: string, file: string, find: string, replace: string, caught: string | null }} Mistake
 */

const classes = 'force-app/main/handoff/classes';
const meta = 'force-app/main/handoff';

/** @type {Mistake[]} */
export const mistakes = [
  {
    name: 'a method that the platform does not have',
    file: `${classes}/protocol/Digest.cls`,
    find: 'EncodingUtil.convertToHex(',
    replace: 'EncodingUtil.toHex(',
    caught: 'No matching method found',
  },
  {
    name: 'an argument of the wrong type',
    file: `${classes}/protocol/CertificateSigner.cls`,
    find: "Crypto.signWithCertificate('RSA-SHA256', input, certificate)",
    replace: "Crypto.signWithCertificate('RSA-SHA256', certificate, certificate)",
    caught: 'No matching method found',
  },
  {
    name: 'a class that does not exist',
    file: `${classes}/offer/PreparedOffer.cls`,
    find: 'public final HandoffObject offer;',
    replace: 'public final HandoffObjekt offer;',
    caught: 'No type declaration found',
  },
  {
    name: 'a variable that does not exist',
    file: `${classes}/protocol/AcceptRules.cls`,
    find: "offer.get('authorization_details')",
    replace: "offered.get('authorization_details')",
    caught: 'No variable or type found',
  },
  {
    name: 'a method without its return',
    file: `${classes}/protocol/LogCheckpoint.cls`,
    find: 'return EncodingUtil.convertToHex(bytes);',
    replace: 'EncodingUtil.convertToHex(bytes);',
    caught: 'return',
  },
  {
    name: 'a reserved word as a name',
    file: `${classes}/protocol/HandoffTime.cls`,
    find: 'secondsOf(Datetime moment) {\n        return moment.getTime()',
    replace: 'secondsOf(Datetime limit) {\n        return limit.getTime()',
    caught: 'reserved',
  },
  {
    name: 'a statement without its semicolon',
    file: `${classes}/offer/CloseBuilder.cls`,
    find: 'ids.remove(null);',
    replace: 'ids.remove(null)',
    caught: "';'",
  },
  {
    name: 'an interface that is not implemented in full',
    file: `${classes}/tests/TestKeySigner.cls`,
    find: 'public Boolean isOwn(',
    replace: 'public Boolean isOurs(',
    caught: 'must implement',
  },
  {
    name: 'a final field that is assigned again',
    file: `${classes}/actions/HandoffOutcome.cls`,
    find: 'return FOR_A_PERSON.contains(status);',
    replace: "this.status = 'offered';\n        return FOR_A_PERSON.contains(status);",
    caught: 'final',
  },
  {
    name: 'a custom field that does not exist, in a constructor',
    file: `${classes}/journal/HandoffJournal.cls`,
    find: 'Txn__c = signed.text',
    replace: 'Transaction__c = signed.text',
    caught: 'Transaction__c',
  },
  {
    name: 'a custom field that does not exist, on a record',
    file: `${classes}/offer/HandoffStop.cls`,
    find: 'setting.Is_Stopped__c = isStopped;',
    replace: 'setting.Stopped__c = isStopped;',
    caught: 'Stopped__c',
  },
  {
    name: 'a standard field that does not exist, on a record',
    file: `${classes}/journal/HandoffEscalation.cls`,
    find: 'Subject = String.format',
    replace: 'Title = String.format',
    caught: 'Title',
  },
  {
    name: 'a custom object that does not exist',
    file: `${classes}/offer/HandoffService.cls`,
    find: 'public HandoffOutcome check(Handoff__c handoff)',
    replace: 'public HandoffOutcome check(Hand_Off__c handoff)',
    caught: 'Hand_Off__c',
  },
  {
    name: 'a custom label that does not exist',
    file: `${classes}/tests/OpenHandoffTest.cls`,
    find: "'Summarise the case'",
    replace: 'Label.Handoff_Purpose',
    caught: 'Handoff_Purpose',
  },
  {
    name: 'a custom field that does not exist, in a query',
    file: `${classes}/journal/HandoffStore.cls`,
    find: 'Task__c,\n',
    replace: 'Job__c,\n',
    caught: 'Job__c',
  },
  {
    name: 'a standard field that does not exist, in a query',
    file: `${classes}/journal/QueueOwners.cls`,
    find: 'SELECT DeveloperName',
    replace: 'SELECT ApiName',
    caught: 'ApiName',
  },
  {
    name: 'a relationship that does not exist, in a query',
    file: `${classes}/approval/ApprovalDecision.cls`,
    find: 'ProcessInstance.TargetObjectId\n',
    replace: 'Process.TargetObjectId\n',
    caught: 'Process',
  },
  {
    name: 'a list of children that does not exist, in a query',
    file: `${classes}/upkeep/HandoffRetention.cls`,
    find: 'FROM Events__r',
    replace: 'FROM Handoff_Events__r',
    caught: 'Handoff_Events__r',
  },
  {
    name: 'a condition on a long text, in a query',
    file: `${classes}/approval/HandoffApprovals.cls`,
    find: 'WHERE Plan_Sha256__c IN',
    replace: 'WHERE Plan__c IN',
    caught: 'cannot be filtered',
  },
  {
    name: 'a query in a loop',
    file: `${classes}/tests/HandoffVectorsTest.cls`,
    find: 'Map<String, Object> vector = (Map<String, Object>) each;',
    replace:
      'Map<String, Object> vector = (Map<String, Object>) each;\n            Case one = [SELECT Id FROM Case LIMIT 1];',
    caught: 'OperationWithLimitsInLoop',
  },
  {
    name: 'a query built from text',
    file: `${classes}/offer/BridgeClient.cls`,
    find: 'public HandoffAnswer ask(String txn) {',
    replace:
      "public HandoffAnswer ask(String txn) {\n        Database.query('SELECT Id FROM Handoff__c WHERE Txn__c = \\'' + txn + '\\'');",
    caught: 'ApexSOQLInjection',
  },
  {
    name: 'a class that says nothing about sharing',
    file: `${classes}/rest/HandoffExport.cls`,
    find: 'global with sharing class HandoffExport',
    replace: 'global class HandoffExport',
    caught: 'ApexSharingViolations',
  },
  {
    name: 'an exception that is swallowed',
    file: `${classes}/protocol/HandoffTrust.cls`,
    find: 'catch (SecurityException malformedSignature) {\n                return false;\n            }',
    replace: 'catch (SecurityException malformedSignature) {\n            }\n            return false;',
    caught: 'EmptyCatchBlock',
  },
  {
    name: 'a test that asserts nothing',
    file: `${classes}/tests/ProtocolFormsTest.cls`,
    find: '@IsTest\n    static void readsACheckpoint() {',
    replace:
      '@IsTest\n    static void looksWell() {\n        new LogCheckpoint(null);\n    }\n\n    @IsTest\n    static void readsACheckpoint() {',
    caught: 'ApexUnitTestClassShouldHaveAsserts',
  },
  {
    name: 'an invocable method that takes no list',
    file: `${classes}/actions/CheckHandoff.cls`,
    find: 'check(List<Request> requests) {',
    replace: 'check(Request requests) {',
    caught: 'Unsupported parameter type',
  },
  {
    name: 'a misspelt property of an annotation',
    file: `${classes}/actions/OpenHandoff.cls`,
    find: "label='Open Handoff'",
    replace: "lable='Open Handoff'",
    caught: 'No such property, lable',
  },
  {
    name: 'an element that the type of metadata does not have',
    file: `${meta}/namedCredentials/Handoff_Bridge.namedCredential-meta.xml`,
    find: '<calloutStatus>Enabled</calloutStatus>',
    replace: '<calloutState>Enabled</calloutState>',
    caught: 'has no calloutState',
  },
  {
    name: 'a value that its enumeration does not have',
    file: `${meta}/objects/Handoff__c/Handoff__c.object-meta.xml`,
    find: '<sharingModel>Private<',
    replace: '<sharingModel>Secret<',
    caught: 'sharingModel is one of',
  },
  {
    name: 'a class that does not exist, in a permission set',
    file: `${meta}/permissionsets/Handoff_Agent.permissionset-meta.xml`,
    find: '<apexClass>HandOffToBridge</apexClass>',
    replace: '<apexClass>HandoffToTheBridge</apexClass>',
    caught: 'there is no HandoffToTheBridge',
  },
  {
    name: 'a value for a field that does not exist, in custom metadata',
    file: `${meta}/customMetadata/Handoff_Owner.Service_Desk.md-meta.xml`,
    find: '<field>Queue__c</field>',
    replace: '<field>Team__c</field>',
    caught: 'has no Team__c',
  },
  {
    name: 'a callout after a write',
    file: `${classes}/approval/ApprovalSender.cls`,
    find: 'List<Handoff_Approval__c> sent = new List<Handoff_Approval__c>();',
    replace:
      'List<Handoff_Approval__c> sent = new List<Handoff_Approval__c>();\n        Database.update(sent, AccessLevel.SYSTEM_MODE);',
    caught: null,
  },
  {
    name: 'a mode that the running user has no right for',
    file: `${classes}/journal/HandoffRows.cls`,
    find: 'WITH SYSTEM_MODE',
    replace: 'WITH USER_MODE',
    caught: null,
  },
  {
    name: 'a relationship that does not exist, on a standard object to which the project adds fields',
    file: `${classes}/offer/HandoffSubject.cls`,
    find: 'MessagingEndUser.ContactId\n',
    replace: 'EndUser.ContactId\n',
    caught: null,
  },
  {
    name: 'a journal event that waits for the commit',
    file: `${meta}/objects/Handoff_Event__e/Handoff_Event__e.object-meta.xml`,
    find: 'PublishImmediately',
    replace: 'PublishAfterCommit',
    caught: 'published immediately',
  },
];
