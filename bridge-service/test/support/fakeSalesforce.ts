import { fileURLToPath } from 'node:url';
import {
  startFakeOrg,
  type FakeOrg,
  type FakeUser,
  type Grants,
  type ObjectDefinition,
} from '@agent-readiness/testkit';
import { createOrgClient, type OrgClient } from '../../src/adapters/salesforce/orgClient.ts';
import { systemClock } from '../../src/adapters/system/systemClock.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { must } from './must.ts';

/** The journal of the kit, and what the sample tasks work on. */
const sources = ['force-app', 'examples/order-care/force-app'].map((folder) =>
  fileURLToPath(new URL(`../../../${folder}`, import.meta.url)),
);

/** What the sample tasks read besides, of standard objects that the fake org does not bring along. */
const objects: readonly ObjectDefinition[] = [
  {
    name: 'Order',
    keyPrefix: '801',
    fields: [
      { name: 'OrderNumber', type: 'string' },
      { name: 'Status', type: 'picklist', default: 'Draft' },
      { name: 'EffectiveDate', type: 'date' },
      { name: 'TotalAmount', type: 'currency' },
    ],
  },
  {
    name: 'CaseComment',
    keyPrefix: '00a',
    fields: [
      { name: 'ParentId', type: 'reference', referenceTo: ['Case'], relationshipName: 'Parent' },
      { name: 'CommentBody', type: 'textarea', length: 4_000 },
    ],
  },
  {
    name: 'Knowledge__kav',
    keyPrefix: 'ka0',
    fields: [
      { name: 'Title', type: 'string' },
      { name: 'Summary', type: 'textarea', length: 1_000 },
    ],
  },
];

/** What the sample tasks need; the journal comes with the permission set of the kit. */
const integrationGrants: Grants = {
  system: ['ApiEnabled'],
  objects: {
    Case: ['read', 'edit', 'viewAll'],
    CaseComment: ['read', 'viewAll'],
    Knowledge__kav: ['read', 'viewAll'],
    Order: ['read', 'viewAll'],
    Refund__c: ['create', 'read', 'edit', 'delete'],
  },
  fields: {
    'Case.*': 'edit',
    'CaseComment.*': 'read',
    'Knowledge__kav.*': 'read',
    'Order.*': 'read',
    'Refund__c.*': 'edit',
  },
};

export const clientSecret = 'secret of the app';

/** Those objects in a fake org, with an integration user whom the bridge logs in as. */
export async function startSalesforce(clock: Pick<Clock, 'nowMs'> = systemClock): Promise<{
  readonly org: FakeOrg;
  readonly integrationUser: FakeUser;
  readonly clientFor: (timeoutMs?: number) => OrgClient;
}> {
  const org = await startFakeOrg({
    now: () => new Date(clock.nowMs()),
    sources,
    objects,
  });
  const integrationUser = org.users.add({ username: 'bridge@example.com', grants: integrationGrants });
  const permissionSet = org.table('PermissionSet').all.find(({ Name }) => Name === 'Handoff_Integration');
  org
    .table('PermissionSetAssignment')
    .insert({ AssigneeId: integrationUser.id, PermissionSetId: must(permissionSet)['Id'] });
  org.clients.add({ clientId: 'bridge', clientSecret, runAs: integrationUser.username });
  return {
    org,
    integrationUser,
    clientFor: (timeoutMs = 5_000) =>
      createOrgClient({
        login: { url: org.url, clientId: 'bridge', proof: { kind: 'secret', clientSecret } },
        apiVersion: '68.0',
        clock: systemClock,
        timeoutMs,
      }),
  };
}
