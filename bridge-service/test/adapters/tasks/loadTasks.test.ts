import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { loadTasks, TaskError } from '../../../src/adapters/tasks/loadTasks.ts';
import { tasksFolder } from '../../support/testBridge.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tasks-'));
  cpSync(tasksFolder, folder, { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function edit(file: string, from: string, to: string): void {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
  writeFileSync(path, text.replace(from, to));
}

function problems(): readonly string[] {
  try {
    loadTasks(folder);
    return [];
  } catch (error) {
    if (error instanceof TaskError) return error.problems.map((problem) => problem.replace(`${folder}/`, ''));
    throw error;
  }
}

describe('the tasks of the bridge', () => {
  it('are complete, and their digest changes with any of their files', () => {
    const before = loadTasks(folder);
    expect([...before.keys()]).toEqual(['case-summary', 'refund-review']);
    for (const [file, from, to] of [
      ['task.yaml', 'deadlineSeconds: 60', 'deadlineSeconds: 61'],
      ['prompt.md', 'confidence', 'certainty'],
      ['input.schema.json', '"maxLength": 32000', '"maxLength": 31999'],
      ['output.schema.json', '"maxItems": 10', '"maxItems": 11'],
    ] as const) {
      const earlier = loadTasks(folder).get('refund-review')?.release;
      edit(`refund-review/${file}`, from, to);
      expect(loadTasks(folder).get('refund-review')?.release).not.toBe(earlier);
    }
    expect(loadTasks(folder).get('case-summary')?.release).toBe(before.get('case-summary')?.release);
  });

  it.each(['case-summary', 'refund-review'])('have cases to try %s with, which fit its input', (name) => {
    const task = loadTasks(folder).get(name);
    const cases = parse(readFileSync(join(folder, name, 'evals', 'cases.yaml'), 'utf8')) as { input: unknown }[];
    expect(cases.length).toBeGreaterThan(0);
    for (const { input } of cases) expect(task?.parseInput(input)).toEqual(input);
  });
});

describe('a task with an error', () => {
  it('is refused with file, line and column', () => {
    edit('refund-review/task.yaml', 'tier: medium', 'tier: huge');
    edit('refund-review/task.yaml', 'deadlineSeconds: 60', 'deadline: 60');
    edit('case-summary/task.yaml', 'name: case-summary', 'name: Case Summary');
    const [name, tier, limit, more] = problems();
    expect(name).toMatch(/^case-summary\/task\.yaml:2:7: name: lower-case words/);
    expect(tier).toMatch(/^refund-review\/task\.yaml:6:9: model\.tier: /);
    expect(limit).toMatch(/^refund-review\/task\.yaml:11:3: limits\.deadlineSeconds: /);
    expect(more).toMatch(/^refund-review\/task\.yaml:11:3: limits: .*deadline/);
  });

  it('is refused when YAML says something twice, or nothing', () => {
    edit('case-summary/task.yaml', 'effects: []', 'effects: []\neffects: []');
    expect(problems()[0]).toMatch(/^case-summary\/task\.yaml:15:1: /);
    writeFileSync(join(folder, 'case-summary/task.yaml'), '');
    expect(problems()[0]).toMatch(/^case-summary\/task\.yaml:1:1: /);
  });

  it('is refused when a file is missing, empty, no schema, or without an example that fits', () => {
    rmSync(join(folder, 'case-summary/prompt.md'));
    expect(problems()).toEqual(['case-summary/prompt.md: the file is missing']);
    writeFileSync(join(folder, 'case-summary/prompt.md'), ' \n');
    expect(problems()).toEqual(['case-summary/prompt.md:1:1: the prompt is empty']);
    writeFileSync(join(folder, 'case-summary/prompt.md'), 'Summarise.');
    edit('case-summary/output.schema.json', '"quotes": []', '"quotes": [1]');
    expect(problems()).toEqual(['case-summary/output.schema.json: examples.0: does not fit the schema']);
    edit('case-summary/output.schema.json', '"examples"', '"samples"');
    expect(problems()).toEqual(['case-summary/output.schema.json: examples: none is given']);
    edit('case-summary/output.schema.json', '"type": "object"', '"type": "thing"');
    expect(problems()[0]).toMatch(/^case-summary\/output\.schema\.json: not a usable JSON Schema/);
  });

  it('is refused when a change names no record, or a create does', () => {
    edit('refund-review/task.yaml', '    record: { input: /case/id }\n', '');
    expect(problems()[0]).toMatch(/effects\.1\.record: every change but a create names its record/);
  });

  it('is refused when its name is not that of its folder', () => {
    edit('case-summary/task.yaml', 'name: case-summary', 'name: summary');
    expect(problems()).toEqual(['case-summary/task.yaml: name: differs from its folder, case-summary']);
  });
});
