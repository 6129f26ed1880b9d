import { canonicalJson } from '@agent-readiness/protocol';
import { z } from 'zod';
import type { JsonObject, JsonValue } from '../json.ts';
import { sha256Hex } from '../sha256.ts';
import { taskSchema, type TaskDefinition } from './taskSchema.ts';

/** The files of a task, as they are in its folder. */
export interface TaskFiles {
  readonly definition: unknown;
  readonly prompt: string;
  readonly inputSchema: JsonObject;
  readonly outputSchema: JsonObject;
}

/** A task type that was checked: what the bridge can do for an agent. */
export interface Task {
  readonly definition: TaskDefinition;
  readonly prompt: string;
  readonly outputSchema: JsonObject;
  /** Digest of all files: changes when anything of the task does. */
  readonly release: string;
  /** Undefined for what does not fit the schema. */
  readonly parseInput: (value: unknown) => JsonValue | undefined;
  readonly parseOutput: (value: unknown) => JsonValue | undefined;
}

/**
 * Checks the files of a task.
 *
 * @throws ZodError for a definition that does not fit, Error for a schema that cannot be used
 */
export function createTask({ definition, prompt, inputSchema, outputSchema }: TaskFiles): Task {
  return {
    definition: taskSchema.parse(definition),
    prompt,
    outputSchema,
    release: sha256Hex(canonicalJson({ definition, prompt, inputSchema, outputSchema })),
    parseInput: parserOf(inputSchema),
    parseOutput: parserOf(outputSchema),
  };
}

function parserOf(schema: JsonObject): (value: unknown) => JsonValue | undefined {
  const parser = z.fromJSONSchema({ ...schema }) as z.ZodType<JsonValue>;
  return (value) => {
    const { success, data } = parser.safeParse(value);
    return success ? data : undefined;
  };
}
