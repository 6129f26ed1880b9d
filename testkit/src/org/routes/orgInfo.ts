import { SalesforceError } from '../errors.ts';
import type { DataRoute } from './dataRequest.ts';

const resources = ['composite', 'limits', 'metadata', 'query', 'queryAll', 'sobjects', 'tooling'];

/** What clients ask an org about itself, and what this one has no engine for. */
export const orgInfoRoutes: readonly DataRoute[] = [
  {
    method: 'GET',
    pattern: '',
    handle: ({ basePath, org, access }) => ({
      status: 200,
      body: {
        ...Object.fromEntries(resources.map((name) => [name, `${basePath}/${name}`])),
        identity: `/id/${org.id}/${access.userId}`,
      },
    }),
  },
  {
    method: 'GET',
    pattern: '/limits',
    handle: ({ org }) => {
      const { dailyApiRequests } = org.settings;
      const left = Math.max(0, dailyApiRequests - org.apiRequests);
      return {
        status: 200,
        body: {
          DailyApiRequests: { Max: dailyApiRequests, Remaining: left },
          DailyStandardVolumePlatformEvents: { Max: 10_000, Remaining: 10_000 - org.events.published.length },
          DataStorageMB: { Max: 5, Remaining: 5 },
        },
      };
    },
  },
  {
    method: 'GET',
    pattern: '/limits/recordCount',
    handle: ({ org, access, query }) => {
      // Without a value it means every object.
      const wanted = query.get('sObjects') ? query.get('sObjects')?.split(',') : undefined;
      const counts = org.schema.types
        .filter((type) => !type.isEvent && access.can('read', type) && (!wanted || wanted.includes(type.name)))
        .map((type) => ({
          name: type.name,
          count: org.store.all(type).filter(({ IsDeleted }) => IsDeleted !== true).length,
        }));
      return { status: 200, body: { sObjects: wanted ? counts : counts.filter(({ count }) => count > 0) } };
    },
  },
  { method: 'GET', pattern: '/tooling/executeAnonymous', handle: refuseApex },
  { method: 'POST', pattern: '/tooling/runTestsSynchronous', handle: refuseApex },
  { method: 'POST', pattern: '/tooling/runTestsAsynchronous', handle: refuseApex },
];

function refuseApex(): never {
  throw new SalesforceError('FUNCTIONALITY_NOT_ENABLED', 'This is a fake org: it runs no Apex');
}
