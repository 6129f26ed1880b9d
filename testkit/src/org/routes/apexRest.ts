import { notFound, SalesforceError } from '../errors.ts';
import type { HttpRequest, Reply } from '../http/messages.ts';
import type { OrgState } from '../orgState.ts';

/** Calls the function that plays an Apex class. What it throws becomes an error of Apex. */
export async function apexRestReply(org: OrgState, request: HttpRequest, userId: string): Promise<Reply> {
  const { method, query, headers } = request;
  const path = request.path.slice('/services/apexrest'.length);
  const handler = org.apexRest.find(method, path);
  if (!handler) throw notFound();
  try {
    const { status, body } = await handler({
      method,
      path,
      query,
      headers,
      body: request.body.toString('utf8'),
      userId,
    });
    org.events.commit();
    return { status, body };
  } catch (error) {
    if (error instanceof SalesforceError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new SalesforceError('APEX_ERROR', `System.UnexpectedException: ${message}`);
  }
}
