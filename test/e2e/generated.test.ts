import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { cleanEnvironment, runNode } from '@agent-readiness/testkit';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('the schema, the command snapshot and the README say what the sources say', async () => {
  const env = { ...cleanEnvironment(), NODE_OPTIONS: '--conditions=source' };
  const result = await runNode('sf-plugin/scripts/generate.mjs', ['--check'], { cwd: root, env });
  expect(result).toEqual({ exitCode: 0, stdout: '', stderr: '' });
}, 120_000);
