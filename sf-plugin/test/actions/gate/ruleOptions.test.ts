import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { copyProject, type TestProject } from '@agent-readiness/testkit';
import { gate } from './legacyProject.ts';

const repository = join(import.meta.dirname, '..', '..', '..', '..');

let project: TestProject;
beforeEach(() => {
  project = copyProject(join(repository, 'examples', 'legacy-planner'));
});
afterEach(() => {
  project.dispose();
});

/** Actions that the rule reports when the policy allows so many seconds. */
async function reported(seconds: number): Promise<(string | undefined)[]> {
  const config = join(project.root, 'strict.yaml');
  writeFileSync(config, `version: 1\nrules: { sync-callout-budget: { options: { seconds: ${seconds} } } }\n`);
  const { report } = await gate(join(repository, 'examples', 'order-care'), { config, agents: ['Order_Care'] });
  return report.findings.filter(({ ruleId }) => ruleId === 'sync-callout-budget').map(({ action }) => action);
}

it('decides what a rule reports, also when the project has not changed', async () => {
  expect(await reported(30)).toEqual([]);
  expect(await reported(1)).toEqual(['book_return_pickup']);
  expect(await reported(30)).toEqual([]);
});
