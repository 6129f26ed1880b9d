import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import type { JsonObject } from '../../domain/json.ts';
import { createTask, type Task } from '../../domain/task/task.ts';
import { taskSchema } from '../../domain/task/taskSchema.ts';

/** A task that cannot be used; every problem with file, line and column. */
export class TaskError extends Error {
  override readonly name = 'TaskError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the tasks have errors:\n  ${problems.join('\n  ')}`);
    this.problems = problems;
  }
}

/**
 * Reads every task of a folder: each is a folder with `task.yaml`, `prompt.md`, `input.schema.json` and
 * `output.schema.json`.
 *
 * @throws TaskError naming all problems of all tasks at once
 */
export function loadTasks(folder: string): ReadonlyMap<string, Task> {
  const tasks = new Map<string, Task>();
  const problems: string[] = [];
  for (const name of taskNames(folder)) {
    try {
      tasks.set(name, loadTask(folder, name));
    } catch (error) {
      if (!(error instanceof TaskError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new TaskError(problems);
  return tasks;
}

function taskNames(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function loadTask(folder: string, name: string): Task {
  const file = (part: string): string => join(folder, name, part);
  const definition = readDefinition(file('task.yaml'));
  const prompt = readText(file('prompt.md'));
  const inputSchema = readSchema(file('input.schema.json'));
  const outputSchema = readSchema(file('output.schema.json'));
  if (definition.name !== name) throw new TaskError([`${file('task.yaml')}: name: differs from its folder, ${name}`]);
  if (prompt.trim() === '') throw new TaskError([`${file('prompt.md')}:1:1: the prompt is empty`]);
  const task = createTask({ definition, prompt, inputSchema, outputSchema });
  checkExamples(task, file('output.schema.json'));
  return task;
}

/** The offline model answers with the first example, so there has to be one, and it has to fit. */
function checkExamples({ outputSchema, parseOutput }: Task, file: string): void {
  const examples = outputSchema['examples'];
  if (!Array.isArray(examples) || examples.length === 0) throw new TaskError([`${file}: examples: none is given`]);
  const wrong = examples.findIndex((example) => parseOutput(example) === undefined);
  if (wrong >= 0) throw new TaskError([`${file}: examples.${String(wrong)}: does not fit the schema`]);
}

function readDefinition(file: string): z.infer<typeof taskSchema> {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${String(line)}:${String(col)}`;
  };
  if (document.errors.length > 0) {
    throw new TaskError(document.errors.map(({ pos, message }) => `${at(pos[0])}: ${firstLine(message)}`));
  }
  const parsed = taskSchema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  throw new TaskError(
    parsed.error.issues.map(
      ({ path, message }) => `${at(offsetOf(document, path))}: ${path.map(String).join('.')}: ${message}`,
    ),
  );
}

/** Where the innermost part of a path is that exists; a missing member is shown at the one it is missing from. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    const range: unknown = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
    if (Array.isArray(range) && typeof range[0] === 'number') return range[0];
  }
  return 0;
}

function readSchema(file: string): JsonObject {
  const text = readText(file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new TaskError([`${file}: ${error instanceof Error ? firstLine(error.message) : 'not JSON'}`]);
  }
  try {
    z.fromJSONSchema(value as Parameters<typeof z.fromJSONSchema>[0]);
  } catch (error) {
    throw new TaskError([`${file}: not a usable JSON Schema: ${error instanceof Error ? error.message : ''}`]);
  }
  return value as JsonObject;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new TaskError([`${file}: the file is missing`]);
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
