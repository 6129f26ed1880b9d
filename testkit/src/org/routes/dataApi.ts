import { findRoute } from '../http/router.ts';
import type { Reply } from '../http/messages.ts';
import { bulkRoutes } from './bulk.ts';
import { collectionRoutes } from './collections.ts';
import { compositeRoutes } from './composite.ts';
import { credentialRoutes } from './credentials.ts';
import type { DataRequest, DataRoute } from './dataRequest.ts';
import { describeRoutes } from './describe.ts';
import { metadataStatusRoutes } from './metadataRest.ts';
import { orgInfoRoutes } from './orgInfo.ts';
import { queryRoutes } from './query.ts';
import { recordRoutes } from './records.ts';

/** In order: a fixed name comes before a parameter that would take it. */
const routes: readonly DataRoute[] = [
  ...orgInfoRoutes,
  ...credentialRoutes,
  ...queryRoutes,
  ...bulkRoutes,
  ...collectionRoutes,
  ...compositeRoutes(dispatch),
  ...metadataStatusRoutes,
  ...describeRoutes,
  ...recordRoutes,
];

/** @throws SalesforceError from a handler that has then written nothing */
function dispatch(request: DataRequest): Reply {
  return findRoute(routes, request.method, request.path)(request);
}

/** Answers a request of the data API and delivers the events that waited for its end. */
export function dispatchAndCommit(request: DataRequest): Reply {
  const reply = dispatch(request);
  request.org.events.commit();
  return reply;
}
