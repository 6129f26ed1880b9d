import { SalesforceError } from '../errors.ts';
import { errorReply, type Reply } from '../http/messages.ts';
import { bodyObject, isObject, type DataRequest, type DataRoute } from './dataRequest.ts';
import { fillReferences, MissingReference } from './references.ts';

/** Limits of the platform for one composite request. */
const most = { subrequests: 25, queries: 5 };

const haltedMessage = 'The transaction was rolled back since another operation in the same transaction failed.';

/** Runs one request of the data API. */
export type Dispatch = (request: DataRequest) => Reply;

/** Several requests in one; each may use what an earlier one answered. */
export function compositeRoutes(dispatch: Dispatch): readonly DataRoute[] {
  return [{ method: 'POST', pattern: '/composite', handle: (request) => composite(request, dispatch) }];
}

interface Subrequest {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body: unknown;
}

interface Subresponse {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

function composite(request: DataRequest, dispatch: Dispatch): Reply {
  const { allOrNone, compositeRequest } = bodyObject(request.body);
  const subrequests = parseSubrequests(compositeRequest);
  const isAtomic = allOrNone === true;
  const { org } = request;
  const start = org.savepoint();
  const answers = new Map<string, unknown>();
  const responses: Subresponse[] = [];
  let failed: string | undefined;
  for (const subrequest of subrequests) {
    const { referenceId } = subrequest;
    if (isAtomic && failed !== undefined) {
      responses.push(halted(referenceId, haltedMessage));
      continue;
    }
    const response = runSubrequest(request, subrequest, answers, isAtomic, dispatch);
    responses.push(response);
    if (isFailure(response)) failed ??= referenceId;
    else answers.set(referenceId, response.body);
  }
  if (!isAtomic || failed === undefined) return { status: 200, body: { compositeResponse: responses } };
  org.rollback(start);
  const undone = responses.map((response) =>
    response.referenceId === failed ? response : halted(response.referenceId, haltedMessage),
  );
  return { status: 200, body: { compositeResponse: undone } };
}

function runSubrequest(
  request: DataRequest,
  { method, url, referenceId, body }: Subrequest,
  answers: ReadonlyMap<string, unknown>,
  isAtomic: boolean,
  dispatch: Dispatch,
): Subresponse {
  try {
    const filled = new URL(String(fillReferences(url, answers)), 'http://org');
    const path = /^\/services\/data\/v\d+\.0(\/.*)$/.exec(filled.pathname)?.[1] ?? '';
    if (path === '/composite')
      throw new SalesforceError('INVALID_REQUEST', 'A composite request cannot hold another one');
    const filledBody = fillReferences(body, answers);
    // The outer flag rules over that of a collection inside.
    const inner = isAtomic && path.startsWith('/composite/sobjects') ? { allOrNone: true } : {};
    const reply = dispatch({
      ...request,
      method,
      path,
      query: filled.searchParams,
      headers: {},
      body: isObject(filledBody) ? { ...filledBody, ...inner } : filledBody,
    });
    return {
      body: reply.body ?? null,
      httpHeaders: reply.headers ?? {},
      httpStatusCode: reply.status,
      referenceId,
    };
  } catch (error) {
    if (error instanceof MissingReference) return halted(referenceId, error.message);
    if (!(error instanceof SalesforceError)) throw error;
    const { status, body: errors } = errorReply(error);
    return { body: errors, httpHeaders: {}, httpStatusCode: status, referenceId };
  }
}

/** A collection answers 200 also when records in it failed. */
function isFailure({ httpStatusCode, body }: Subresponse): boolean {
  return (
    httpStatusCode >= 300 || (Array.isArray(body) && body.some((item) => isObject(item) && item['success'] === false))
  );
}

function halted(referenceId: string, message: string): Subresponse {
  const { status, body } = errorReply(new SalesforceError('PROCESSING_HALTED', message));
  return { body, httpHeaders: {}, httpStatusCode: status, referenceId };
}

function parseSubrequests(value: unknown): readonly Subrequest[] {
  if (!Array.isArray(value)) throw new SalesforceError('MISSING_ARGUMENT', 'compositeRequest is required');
  const subrequests = value.map((item): Subrequest => {
    const { method, url, referenceId, body } = bodyObject(item);
    if (typeof method !== 'string' || typeof url !== 'string' || typeof referenceId !== 'string') {
      throw new SalesforceError('MISSING_ARGUMENT', 'A subrequest needs a method, a url and a referenceId');
    }
    if (!/^[A-Za-z]\w*$/.test(referenceId)) {
      throw new SalesforceError('JSON_PARSER_ERROR', `Invalid reference id: ${referenceId}`);
    }
    return { method, url, referenceId, body };
  });
  refuseTooMany(subrequests);
  return subrequests;
}

function refuseTooMany(subrequests: readonly Subrequest[]): void {
  const queries = subrequests.filter(({ url }) => url.includes('/query')).length;
  const ids = new Set(subrequests.map(({ referenceId }) => referenceId));
  if (subrequests.length > most.subrequests || queries > most.queries) {
    const message = `A composite request takes ${most.subrequests} subrequests, ${most.queries} of them queries`;
    throw new SalesforceError('EXCEEDED_ID_LIMIT', message);
  }
  if (ids.size < subrequests.length) {
    throw new SalesforceError('JSON_PARSER_ERROR', 'Reference ids must be unique within a composite request');
  }
}
