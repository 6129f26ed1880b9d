import type { JsonValue } from '../json.ts';
import { resolvePointer } from './jsonPointer.ts';
import type { PlannedEffect } from './plannedEffect.ts';
import type { EffectTemplate } from './taskSchema.ts';

/**
 * What a task proposes to change, given its input and the model's output. Undefined when a value that
 * the task names is not there: half a plan is no plan.
 */
export function planEffects(
  templates: readonly EffectTemplate[],
  input: JsonValue,
  output: JsonValue,
): readonly PlannedEffect[] | undefined {
  const planned: PlannedEffect[] = [];
  for (const { operation, object, record, fields, when } of templates) {
    if (when !== undefined && resolvePointer(output, when.output) !== when.equals) continue;
    const recordId = record && resolvePointer(input, record.input);
    if (record !== undefined && typeof recordId !== 'string') return undefined;
    const values: Record<string, JsonValue> = {};
    for (const [field, source] of Object.entries(fields)) {
      const value =
        'value' in source
          ? source.value
          : 'input' in source
            ? resolvePointer(input, source.input)
            : resolvePointer(output, source.output);
      if (value === undefined) return undefined;
      values[field] = value;
    }
    planned.push({ operation, object, ...(typeof recordId === 'string' ? { recordId } : {}), fields: values });
  }
  return planned;
}
