import type { Callback } from '../../ports/callback.ts';
import type { OrgPort } from '../../ports/org.ts';

/** No org is configured: nothing can be written, and every attempt says so. */
export const offlineOrg: OrgPort = {
  kind: 'offline',
  read: () => Promise.resolve({ kind: 'rejected', code: 'ORG_NOT_CONFIGURED' }),
  query: () => Promise.resolve({ kind: 'rejected', code: 'ORG_NOT_CONFIGURED' }),
  write: () => Promise.resolve({ kind: 'rejected', code: 'ORG_NOT_CONFIGURED' }),
};

/** Nobody to call back: the org asks by `GET /v1/handoffs/{txn}`. */
export const offlineCallback: Callback = { reaches: () => false, deliver: () => Promise.resolve() };
