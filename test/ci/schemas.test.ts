import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/action-parser';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const trace = new NoOperationTraceWriter();

function errors(parse: typeof parseWorkflow | typeof parseAction, content: string): string[] {
  return parse({ name: 'file.yml', content }, trace)
    .context.errors.getErrors()
    .map(({ message }) => message);
}

it("the action is one by GitHub's own parser", () => {
  const action = read('action.yml');
  expect(errors(parseAction, action)).toEqual([]);
  expect(errors(parseAction, action.replace('shell: bash', 'shel: bash'))).toContainEqual(
    expect.stringContaining("Unexpected value 'shel'"),
  );
});

it("the workflow of the documentation is one by GitHub's own parser", () => {
  const [workflow = ''] = /name: Agent readiness\n.*?(?=```)/s.exec(read('docs/ci.md')) ?? [];
  expect(errors(parseWorkflow, workflow)).toEqual([]);
  expect(errors(parseWorkflow, workflow.replace('runs-on', 'run-on'))).not.toEqual([]);
});
