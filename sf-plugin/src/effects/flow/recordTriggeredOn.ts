import type { FlowFacts } from '../../extract/flow/flowFacts.ts';

export type TriggerEvent = 'create' | 'update' | 'delete' | 'publish';

/** What makes the platform start a flow by itself. */
export interface RecordTrigger {
  readonly object: string;
  readonly events: readonly TriggerEvent[];
  /** `after` includes the paths that run later or in a transaction of their own. */
  readonly timing: 'before' | 'after';
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
 * for one whose source is a draft or obsolete. Entry conditions are not looked at.
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
      return { object, events: events[recordTriggerType?.toLowerCase() ?? ''] ?? fallback, timing };
    }
    case 'PlatformEvent':
      return { object, events: ['publish'], timing: 'after' };
    default:
      return undefined;
  }
}
