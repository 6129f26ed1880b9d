import { notFound, SalesforceError } from '../errors.ts';
import { parseJson, type HttpRequest, type Reply } from '../http/messages.ts';
import { deploy } from '../metadata/deploy.ts';
import type { OrgState } from '../orgState.ts';
import { isObject, type DataRoute } from './dataRequest.ts';

/** The REST side of a deployment that was started. */
export const metadataStatusRoutes: readonly DataRoute[] = [
  {
    method: 'GET',
    pattern: '/metadata/deployRequest/:id',
    handle: ({ org }, id = '') => {
      const deployResult = org.metadata.jobs.get(id);
      if (!deployResult) throw notFound();
      return { status: 200, body: { id, deployResult } };
    },
  },
];

/** Starts a deployment: a multipart form with the archive and the options. */
export async function deployRequest(org: OrgState, request: HttpRequest, userId: string): Promise<Reply> {
  if (!org.users.accessOf(userId).has('ModifyMetadata')) {
    throw new SalesforceError(
      'INSUFFICIENT_ACCESS',
      'use of the Metadata API requires a user with the ModifyMetadata permission',
    );
  }
  const form = await readForm(request);
  const file = form.get('file');
  if (!(file instanceof Blob)) throw new SalesforceError('MISSING_ARGUMENT', 'file is required');
  const content = form.get('entity_content');
  const options = parseJson(content instanceof Blob ? await content.text() : (content ?? ''));
  const deployOptions = isObject(options) && isObject(options['deployOptions']) ? options['deployOptions'] : {};
  const checkOnly = deployOptions['checkOnly'] === true;
  const id = deploy(org, new Uint8Array(await file.arrayBuffer()), { checkOnly }, userId);
  return { status: 201, body: { id, deployOptions, deployResult: { id, done: false, status: 'Pending' } } };
}

async function readForm({ headers, body }: HttpRequest): Promise<FormData> {
  try {
    const init = { headers: { 'content-type': headers['content-type'] ?? '' } };
    // The advice against it is about uploads from strangers; here a test talks to itself.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    return await new Response(new Uint8Array(body), init).formData();
  } catch (error) {
    throw new SalesforceError('MISSING_ARGUMENT', error instanceof Error ? error.message : String(error));
  }
}
