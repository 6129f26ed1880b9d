import { z } from 'zod';
import { orgExportSchema, type EffectRow, type OrgExport } from '../../domain/reconcile/exports.ts';
import type { JsonValue } from '../../domain/json.ts';
import type { OrgClient } from './orgClient.ts';

const pageSchema = z.object({
  org: z.string(),
  handoffs: z.array(z.looseObject({ name: z.string() })),
});
const rowsSchema = z.object({
  records: z.array(
    z.object({
      Key__c: z.string(),
      Txn__c: z.string(),
      Operation__c: z.string(),
      Object__c: z.string(),
      Fields__c: z.string().nullable(),
      Record_Id__c: z.string(),
    }),
  ),
  nextRecordsUrl: z.string().optional(),
});

const soql =
  'SELECT Key__c, Txn__c, Operation__c, Object__c, Fields__c, Record_Id__c FROM Handoff_Effect__c ORDER BY Key__c';

/**
 * What an org holds of its handoffs.
 *
 * @throws Error when the org does not give it, or gives something else
 */
export async function readOrgExport(client: OrgClient, signal: AbortSignal): Promise<OrgExport> {
  const handoffs: unknown[] = [];
  let page = await readPage(client, '', signal);
  for (let last = page.handoffs.at(-1); last !== undefined; last = page.handoffs.at(-1)) {
    handoffs.push(...page.handoffs);
    page = await readPage(client, last.name, signal);
  }
  return orgExportSchema.parse({ org: page.org, handoffs, effects: await readJournal(client, signal) });
}

async function readPage(client: OrgClient, after: string, signal: AbortSignal): Promise<z.infer<typeof pageSchema>> {
  const path = `/services/apexrest/handoff/v1/export?after=${encodeURIComponent(after)}`;
  return pageSchema.parse(await read(client, path, signal));
}

async function readJournal(client: OrgClient, signal: AbortSignal): Promise<readonly unknown[]> {
  const rows: Partial<Record<keyof EffectRow, unknown>>[] = [];
  let path: string | undefined = `${client.basePath}/query?q=${encodeURIComponent(soql)}`;
  while (path !== undefined) {
    const { records, nextRecordsUrl }: z.infer<typeof rowsSchema> = rowsSchema.parse(await read(client, path, signal));
    for (const { Key__c: key, Txn__c: txn, Operation__c: operation, Object__c: object, ...rest } of records) {
      const fields = (rest.Fields__c ?? '').split(',').filter((name) => name !== '');
      rows.push({ key, txn, operation, object, fields, recordId: rest.Record_Id__c });
    }
    path = nextRecordsUrl;
  }
  return rows;
}

async function read(client: OrgClient, path: string, signal: AbortSignal): Promise<JsonValue> {
  const sent = await client.get(path, signal);
  if (sent.kind !== 'answered' || sent.status !== 200) throw new Error('the org does not give its export');
  return sent.body;
}
