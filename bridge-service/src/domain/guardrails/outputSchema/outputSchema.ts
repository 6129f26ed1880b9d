import { z } from 'zod';
import type { JsonObject } from '../../json.ts';
import type { Guardrail } from '../guardrail.ts';

/** Made once for each task: a schema is part of its release. */
const validators = new WeakMap<JsonObject, z.ZodType>();

function validatorOf(schema: JsonObject): z.ZodType {
  const known = validators.get(schema) ?? z.fromJSONSchema(schema);
  validators.set(schema, known);
  return known;
}

/** Whether the output is what the task's JSON Schema says. A schema that cannot be read throws, and so blocks. */
export const outputSchema: Guardrail = {
  id: 'output_schema',
  stages: ['out'],
  inspect: ({ output, outputSchema: schema }) => {
    const result = validatorOf(schema).safeParse(output);
    if (result.success) return [];
    // Messages of issues may quote the value; their codes do not. Property names are those of the schema, or data.
    return result.error.issues.map(({ code, path }) => ({
      kind: code,
      path: path.map((segment) => `/${/^\w{1,40}$/.test(String(segment)) ? String(segment) : '*'}`).join('') || '/',
    }));
  },
};
