import type { FlowFacts, FlowStart } from '../../extract/flow/flowFacts.ts';

export type TriggerEvent = 'create' | 'update' | 'delete' | 'publish';

/** What makes the platform start a flow by itself. */
export interface RecordTrigger {
  readonly object: string;
  readonly events: readonly TriggerEvent[];
  /** `after` includes the paths that run later or in a transaction of their own. */
  readonly timing: 'before' | 'after';
  /** The fields of which an update must change one to start the flow; `undefined` where any update may start it. */
  readonly changes: readonly string[] | undefined;
}

const events: Readonly<Record<string, readonly TriggerEvent[]>> = {
  create: ['create'],
  update: ['update'],
  createandupdate: ['create', 'update'],
  delete: ['delete'],
};
const anyChange: readonly TriggerEvent[] = ['create', 'update', 'delete'];

/**
 * The writes that start a flow, or `undefined` for a flow that waits for a call or a schedule, and
 * for one whose source is a draft or obsolete. Whether a record meets the entry conditions is not looked at.
 */
export function recordTriggeredOn({ start, status }: FlowFacts): RecordTrigger | undefined {
  if (status !== undefined && status !== 'Active') return undefined;
  const { object, triggerType, recordTriggerType } = start;
  if (object === undefined) return undefined;
  switch (triggerType) {
    case 'RecordBeforeSave':
    case 'RecordBeforeDelete':
    case 'RecordAfterSave': {
      const timing = triggerType === 'RecordAfterSave' ? 'after' : 'before';
      const fallback = triggerType === 'RecordBeforeDelete' ? (['delete'] as const) : anyChange;
      const started = events[recordTriggerType?.toLowerCase() ?? ''] ?? fallback;
      return { object, events: started, timing, changes: requiredChanges(start) };
    }
    case 'PlatformEvent':
      return { object, events: ['publish'], timing: 'after', changes: undefined };
    default:
      return undefined;
  }
}

function requiredChanges({ where, requiresChange, hasConditionFormula }: FlowStart): readonly string[] | undefined {
  if (hasConditionFormula) return undefined;
  const changes = where.filters.filter(({ operator }) => operator === 'IsChanged');
  const [required] = changes.filter(({ value }) => value.kind === 'literal' && value.value === true);
  if (where.logic === 'and' && required) return [required.field];
  // That a field must not change, or may have to, is met by a write of any other field.
  if (!requiresChange || changes.some((each) => each !== required) || where.filters.length === 0) return undefined;
  return where.filters.map(({ field }) => field);
}
