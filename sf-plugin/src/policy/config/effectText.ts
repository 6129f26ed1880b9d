import { operationSchema, type Operation } from '@agent-readiness/protocol';
import { didYouMean } from '../nearest.ts';

/** An operation and one object of it; `fields` is `['*']` where none are named. */
export interface EffectTarget {
  readonly operation: Operation;
  readonly object: string;
  readonly fields: readonly string[];
}

/** Operations that write fields; the names of others, hosts for instance, may contain dots. */
export const writesFields: ReadonlySet<Operation> = new Set(['create', 'update', 'upsert']);

/**
 * Reads `update Case.Status, Case.Priority` or `delete Case, CaseComment`.
 *
 * @returns what is wrong with it, as a text
 */
export function parseEffectText(text: string): readonly EffectTarget[] | string {
  const [, verb = '', rest = ''] = /^\s*(\S+)\s*(.*?)\s*$/s.exec(text) ?? [];
  const operation = operationSchema.options.find((each) => each === verb);
  if (!operation) return `there is no operation "${verb}"${didYouMean(verb, operationSchema.options)}`;
  const names = rest.split(',').map((name) => name.trim());
  if (names.some((name) => name === '')) return `"${text}" does not say what to ${operation}; * stands for anything`;
  const fieldsOf = new Map<string, string[]>();
  for (const name of names) {
    const dot = writesFields.has(operation) ? name.indexOf('.') : -1;
    const [object, field] = dot === -1 ? [name, '*'] : [name.slice(0, dot), name.slice(dot + 1)];
    if (object === '' || field === '') return `"${name}" is no field; write Object.Field`;
    fieldsOf.set(object, [...(fieldsOf.get(object) ?? []), field]);
  }
  return [...fieldsOf].map(([object, fields]) => ({
    operation,
    object,
    fields: fields.includes('*') ? ['*'] : [...new Set(fields)].sort(),
  }));
}
