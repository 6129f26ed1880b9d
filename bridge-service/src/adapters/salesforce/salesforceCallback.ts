import type { Callback } from '../../ports/callback.ts';
import type { OrgClient } from './orgClient.ts';

/** The Apex REST class that takes answers. */
const path = '/services/apexrest/handoff/v1/results';

/** Delivers answers to the orgs that can be reached; the others ask. */
export function createSalesforceCallback(clients: ReadonlyMap<string, OrgClient>): Callback {
  return {
    reaches: (org) => clients.has(org),
    async deliver(org, answer) {
      const client = clients.get(org);
      if (client === undefined) return;
      const sent = await client.post(path, { ...answer }, new AbortController().signal);
      if (sent.kind !== 'answered' || sent.status >= 300) throw new Error('the org did not take the answer');
    },
  };
}
