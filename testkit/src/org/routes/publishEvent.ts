import { SalesforceError } from '../errors.ts';
import type { OrgState } from '../orgState.ts';
import type { Values } from '../records/recordWriter.ts';
import { printDateTime, toStored } from '../records/values.ts';
import type { ObjectType } from '../schema/objectType.ts';
import type { Access } from '../security/access.ts';

/** Publishes a platform event; the answer says that it is queued, under which uuid. */
export function publishEvent(org: OrgState, access: Access, type: ObjectType, values: Values): object {
  const payload = Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => name !== 'attributes')
      .map(([name, value]) => {
        const field = type.field(name);
        if (!field)
          throw new SalesforceError('INVALID_FIELD', `No such column '${name}' on sobject of type ${type.name}`);
        return [field.name, toStored(field, value)];
      }),
  );
  const missing = type.fields.filter(({ name, required, readOnly }) => required && !readOnly && name !== 'CreatedDate');
  const names = missing.map(({ name }) => name).filter((name) => (payload[name] ?? null) === null);
  if (names.length > 0) {
    throw new SalesforceError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names);
  }
  const uuid = asUuid(org.settings.random(16));
  org.events.publish(type, {
    CreatedDate: printDateTime(org.now()),
    ...payload,
    CreatedById: access.userId,
    EventUuid: uuid,
    ReplayId: String(org.events.nextReplayId()),
  });
  const queued = { statusCode: 'OPERATION_ENQUEUED', message: uuid, fields: [] };
  return { id: org.ids.next(type.keyPrefix), success: true, errors: [queued] };
}

function asUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return [0, 8, 12, 16, 20].map((from, at, starts) => hex.slice(from, starts[at + 1] ?? 32)).join('-');
}
