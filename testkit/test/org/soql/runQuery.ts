import { OrgState } from '../../../src/org/orgState.ts';
import { seededBytes } from '../../../src/org/random.ts';
import { dataSourceFor } from '../../../src/org/routes/dataSource.ts';
import { compileQuery } from '../../../src/org/soql/compileQuery.ts';
import type { QueryResult } from '../../../src/org/soql/compiledQuery.ts';
import type { Values } from '../../../src/org/records/recordWriter.ts';
import type { Access } from '../../../src/org/security/access.ts';
import { exampleObjects, noon } from '../exampleOrg.ts';

/** An org without a server, its clock stopped at `noon`. */
export function createOrgState(): OrgState {
  return new OrgState({
    now: () => noon,
    random: seededBytes('test'),
    objects: exampleObjects,
    apiVersion: '68.0',
    sessionLifetimeMs: 1000,
    dailyApiRequests: 100,
  });
}

function administratorOf(org: OrgState): Access {
  return org.users.accessOf(org.users.administrator.id);
}

export function insert(org: OrgState, object: string, values: Values): string {
  return org.writer.insert(org.schema.get(object), values, administratorOf(org));
}

export function runQuery(org: OrgState, text: string, access = administratorOf(org), withDeleted = false): QueryResult {
  const data = dataSourceFor(org, access);
  const compiled = compileQuery(text, data, { withDeleted, basePath: '/services/data/v68.0' });
  return compiled.run(data.rows(compiled.type, withDeleted));
}
