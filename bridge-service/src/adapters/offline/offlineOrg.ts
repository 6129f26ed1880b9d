import type { OrgPort } from '../../ports/org.ts';

/** No org is configured: nothing can be written, and every attempt says so. */
export const offlineOrg: OrgPort = {
  kind: 'offline',
  write: () => Promise.resolve({ kind: 'rejected', code: 'ORG_NOT_CONFIGURED' }),
};
