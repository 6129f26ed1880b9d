import type { Operation } from '@agent-readiness/protocol';
import type { Value } from '../value.ts';
import { keyOf, recordSimple, type PlatformCall } from './platformCall.ts';
import { fold } from '../fold.ts';

/** Users and what they may do. */
const grants: Readonly<Record<string, string>> = {
  'auth.authtoken.revokeaccess': 'AuthToken',
  'auth.sessionmanagement.setsessionlevel': 'AuthSession',
  'auth.sessionmanagement.invalidatesession': 'AuthSession',
  'system.setpassword': 'User',
  'system.changeownpassword': 'User',
  'system.resetpasswordwithemailtemplate': 'User',
  'system.resetpassword': 'User',
  setpassword: 'User',
  'site.changepassword': 'User',
  'site.forgotpassword': 'User',
  'site.createexternaluser': 'User',
  'site.createportaluser': 'User',
  'site.createpersonaccountportaluser': 'User',
  'site.setportaluserasauthprovider': 'User',
  'system.usermanagement.registerverificationmethod': 'User',
  'usermanagement.updateverificationmethod': 'User',
  'usermanagement.registerverificationmethod': 'User',
  'usermanagement.deregisterverificationmethod': 'User',
  'featuremanagement.changeprotection': 'CustomPermission',
};

/** Changes of jobs, settings and metadata that no DML statement makes. */
const changes: Readonly<Record<string, readonly [Operation, string]>> = {
  'system.abortjob': ['update', 'AsyncApexJob'],
  'system.purgeoldasyncjobs': ['delete', 'AsyncApexJob'],
  'featuremanagement.setpackagebooleanvalue': ['update', 'FeatureParameterBoolean'],
  'featuremanagement.setpackagedatevalue': ['update', 'FeatureParameterDate'],
  'featuremanagement.setpackageintegervalue': ['update', 'FeatureParameterInteger'],
  'approval.lock': ['update', '*'],
  'approval.unlock': ['update', '*'],
  'metadata.operations.enqueuedeployment': ['grant', 'CustomMetadata'],
  'kbmanagement.publishingservice.publisharticle': ['update', 'KnowledgeArticleVersion'],
  'kbmanagement.publishingservice.archiveonlinearticle': ['update', 'KnowledgeArticleVersion'],
  'kbmanagement.publishingservice.deletearchivedarticle': ['delete', 'KnowledgeArticleVersion'],
  'kbmanagement.publishingservice.deletedraftarticle': ['delete', 'KnowledgeArticleVersion'],
  'quickaction.performquickaction': ['update', '*'],
  'quickaction.performquickactions': ['update', '*'],
};

/** Approvals, users, jobs and settings. */
export function administrationCall(call: PlatformCall): Value | undefined {
  const key = keyOf(call);
  if (key === 'approval.process') return approvalCall(call);
  const granted = grants[key];
  if (granted !== undefined) return recordSimple(call, 'grant', granted);
  const change = changes[key];
  return change && recordSimple(call, change[0], change[1], change[1] === '*' ? 'possible' : 'proven');
}

/** Submits records for approval, or decides what is pending; of a request that may be either, both. */
function approvalCall(call: PlatformCall): Value {
  const types = call.args[0]?.types.map((type) => fold(type)) ?? [];
  const submits = types.some((type) => type.includes('processsubmitrequest'));
  const decides = types.some((type) => type.includes('processworkitemrequest'));
  if (submits && !decides) return recordSimple(call, 'create', 'ProcessInstance');
  if (decides && !submits) return recordSimple(call, 'update', 'ProcessInstance');
  recordSimple(call, 'create', 'ProcessInstance', 'possible');
  return recordSimple(call, 'update', 'ProcessInstance', 'possible');
}
