import type { OrgOutcome, OrgPort, OrgRefusal } from '../../ports/org.ts';
import { isWritable } from './isWritable.ts';
import { lookAt, readImages, type Look } from './look.ts';
import type { OrgClient } from './orgClient.ts';
import { queryRecords } from './queryRecords.ts';
import { writeComposite } from './writeComposite.ts';

/**
 * The orgs, by their party names, through the REST API. A write is three requests: look into the journal
 * and at the records, change everything in one transaction, look again.
 */
export function createSalesforceOrg(clients: ReadonlyMap<string, OrgClient>): OrgPort {
  return {
    kind: 'salesforce',
    async read({ org, effects }, signal) {
      const client = clients.get(org);
      if (client === undefined) return notConfigured;
      return isWritable(effects) ? readImages(client, effects, signal) : notWritable;
    },
    async query(query, signal) {
      const client = clients.get(query.org);
      return client === undefined ? notConfigured : queryRecords(client, query, signal);
    },
    async write(write, signal) {
      const client = clients.get(write.org);
      if (client === undefined) return notConfigured;
      if (!isWritable(write.effects)) return notWritable;
      const before = await lookAt(client, write, signal);
      if (before.kind !== 'open') return before;
      const refusal = await writeComposite(client, write, before.stamps, signal);
      return judge(refusal, await lookAt(client, write, signal));
    },
  };
}

const notConfigured: OrgRefusal = { kind: 'rejected', code: 'ORG_NOT_CONFIGURED' };
const notWritable: OrgRefusal = { kind: 'rejected', code: 'PLAN_NOT_WRITABLE' };

/** The journal has the last word: another replica may have done what this one was refused. */
function judge(refusal: OrgRefusal | undefined, after: Look): OrgOutcome {
  if (after.kind === 'confirmed') return after;
  if (refusal === undefined || (refusal.kind === 'rejected' && after.kind === 'unavailable'))
    return { kind: 'unknown' };
  return refusal;
}
