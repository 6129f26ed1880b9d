import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { cleanEnvironment, runNode } from '@agent-readiness/testkit';

const root = fileURLToPath(new URL('../..', import.meta.url));

it.each([
  ['the schema, the command snapshot and the README', 'sf-plugin/scripts/generate.mjs'],
  ['the labels of the review pages', 'scripts/salesforce/generate.mjs'],
])(
  '%s say what the sources say',
  async (_, script) => {
    const env = { ...cleanEnvironment(), NODE_OPTIONS: '--conditions=source' };
    const result = await runNode(script, ['--check'], { cwd: root, env });
    expect(result).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  },
  120_000,
);
