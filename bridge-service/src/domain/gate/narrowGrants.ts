import { targetContains, type Grant } from '@agent-readiness/protocol/handoff';
import type { TaskDefinition } from '../task/taskSchema.ts';

/** Of the offered authority what this task can use: the bridge never holds more than it needs. */
export function narrowGrants(
  offered: readonly Grant[],
  { effects, reads }: Pick<TaskDefinition, 'effects' | 'reads'>,
): readonly Grant[] {
  const targets = [
    ...effects.map(({ operation, object, fields }) => ({ operation, object, fields: Object.keys(fields) })),
    ...reads.map(({ object, fields }) => ({ operation: 'read', object, fields }) as const),
  ];
  return offered.filter((grant) => targets.some((target) => targetContains(grant, target)));
}
