import { targetContains, type Grant } from '@agent-readiness/protocol/handoff';
import type { EffectTemplate } from '../task/taskSchema.ts';

/** Of the offered authority what this task can use: the bridge never holds more than it needs. */
export function narrowGrants(offered: readonly Grant[], templates: readonly EffectTemplate[]): readonly Grant[] {
  return offered.filter((grant) =>
    templates.some(({ operation, object, fields }) =>
      targetContains(grant, { operation, object, fields: Object.keys(fields) }),
    ),
  );
}
