import type { DataSource } from '../soql/dataSource.ts';
import type { StoredRecord } from '../schema/objectType.ts';
import type { OrgState } from '../orgState.ts';
import type { Access } from '../security/access.ts';

/** The records of an org as one user may query them. */
export function dataSourceFor(org: OrgState, access: Access): DataSource {
  const isLive = ({ IsDeleted }: StoredRecord): boolean => IsDeleted !== true;
  return {
    objectType: (name) => {
      const type = org.schema.find(name);
      return type && access.can('read', type) ? type : undefined;
    },
    canRead: (type, field) => access.canReadField(type, field),
    childrenOf: (type) => org.schema.childrenOf(type),
    rows: (type, withDeleted) =>
      org.store.all(type).filter((record) => (withDeleted || isLive(record)) && access.canSee(type, record)),
    find: (type, id) => {
      const record = org.store.find(type.name, id);
      return record && isLive(record) && access.canSee(type, record) ? record : undefined;
    },
    now: org.now,
  };
}
