import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const recordSchema = z.record(z.string(), z.json());

const caseSchema = z.strictObject({
  name: z.string().min(1),
  input: z.json(),
  /** What each read brings, by its name; nothing where it is not named. */
  records: z.record(z.string(), z.array(recordSchema)).default({}),
  /** Masking hints of the offer. */
  hints: z.record(z.string(), z.string()).default({}),
  /** Members of the output that a person would decide on, or the reason for which there is none. */
  expect: z.union([z.strictObject({ blocked: z.string() }), recordSchema]),
});
export type EvalCase = z.infer<typeof caseSchema>;

/** @throws Error naming the file, when it is missing or holds something else */
export function readEvalCases(tasks: string, task: string): readonly EvalCase[] {
  const file = join(tasks, task, 'evals', 'cases.yaml');
  const parsed = z
    .array(caseSchema)
    .min(1)
    .safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
