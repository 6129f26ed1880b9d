import { findRoute } from '../http/router.ts';
import type { Reply } from '../http/messages.ts';
import { bulkRoutes } from './bulk.ts';
import { collectionRoutes } from './collections.ts';
import { compositeRoutes } from './composite.ts';
import type { DataRequest, DataRoute } from './dataRequest.ts';
import { describeRoutes } from './describe.ts';
import { metadataStatusRoutes } from './metadataRest.ts';
import { orgInfoRoutes } from './orgInfo.ts';
import { queryRoutes } from './query.ts';
import { recordRoutes } from './records.ts';

/** In order: a fixed name comes before a parameter that would take it. */
const routes: readonly DataRoute[] = [
  ...orgInfoRoutes,
  ...queryRoutes,
  ...bulkRoutes,
  ...collectionRoutes,
  ...compositeRoutes(dispatch),
  ...metadataStatusRoutes,
  ...describeRoutes,
  ...recordRoutes,
];

/**
 * Answers a request of the data API: all of it, or nothing and an exception.
 *
 * @throws SalesforceError
 */
function dispatch(request: DataRequest): Reply {
  return findRoute(routes, request.method, request.path)(request);
}

/** As `dispatch`, as a transaction of its own: an exception leaves nothing, events follow the commit. */
export function dispatchAndCommit(request: DataRequest): Reply {
  const start = request.org.savepoint();
  try {
    const reply = dispatch(request);
    request.org.events.commit();
    return reply;
  } catch (error) {
    request.org.rollback(start);
    throw error;
  }
}
