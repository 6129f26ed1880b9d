import { z } from 'zod';
import type { Guardrail } from '../guardrail.ts';

/** Whether the output is what the task's JSON Schema says. A schema that cannot be read throws, and so blocks. */
export const outputSchema: Guardrail = {
  id: 'output_schema',
  stages: ['out'],
  inspect: ({ output, outputSchema: schema }) => {
    const result = z.fromJSONSchema(schema).safeParse(output);
    if (result.success) return [];
    // Messages of issues may quote the value; their codes do not. Property names are those of the schema, or data.
    return result.error.issues.map(({ code, path }) => ({
      kind: code,
      path: path.map((segment) => `/${/^\w{1,40}$/.test(String(segment)) ? String(segment) : '*'}`).join('') || '/',
    }));
  },
};
