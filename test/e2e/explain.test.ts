import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { cleanEnvironment, runNode, type RunResult } from '@agent-readiness/testkit';
import { explanationSchema } from '../../sf-plugin/src/report/explain/explanation.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sample = join(root, 'examples', 'order-care');

function explain(...args: string[]): Promise<RunResult> {
  const cli = join(root, 'sf-plugin', 'bin', 'run.js');
  return runNode(cli, ['readiness', 'explain', ...args], { cwd: sample, env: cleanEnvironment() });
}

describe('sf readiness explain', () => {
  it('shows the way to a delete three calls deep, and ends with 0', async () => {
    const { exitCode, stdout, stderr } = await explain('Order_Care.cancel_order', '--effect', 'delete:Order');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const remover = join(sample, 'force-app/main/default/classes/orderCare/RecordRemover.cls');
    const [, , , statement = ''] = readFileSync(remover, 'utf8').split('\n');
    expect(stdout).toContain('✖ can delete Order, one record, in system mode, and nothing stands in front\n');
    expect(stdout).toContain(`      > 4 |     ${statement.trim()}\n`);
  }, 120_000);

  it('gives the same data with every flag, twice', async () => {
    const flags = ['-d', 'force-app', '--all-versions', '-e', 'delete:Order', '--json'];
    const [first, second] = [
      await explain('Order_Care@v1.order_status.cancel_order', ...flags),
      await explain('Order_Care@v1.order_status.cancel_order', ...flags),
    ];
    expect(first).toEqual(second);
    const { status, result } = JSON.parse(first.stdout) as { status: number; result: unknown };
    const { agent, effects, otherEffects } = explanationSchema.parse(result);
    expect([status, agent.generation, agent.version]).toEqual([0, 'planner-bundle-compiled', 'v1']);
    expect(effects.map(({ operation, object }) => `${operation}:${object}`)).toEqual(['delete:Order']);
    expect(otherEffects).toBeGreaterThan(0);
  }, 120_000);

  it.each([
    ['an action that there is not', ['Order_Care.cancel_ordr'], 'No action named "Order_Care.cancel_ordr".'],
    ['an operation that there is not', ['cancel_order', '-e', 'remove'], 'No operation named "remove".'],
  ])(
    'ends with 31 for %s, and names the nearest',
    async (_, args, message) => {
      const { exitCode, stdout } = await explain(...args, '--json');
      const error = JSON.parse(stdout) as { status: number; name: string; message: string; actions: string[] };
      expect(exitCode).toBe(31);
      expect(error).toMatchObject({ status: 31, name: 'ConfigurationError', message });
      expect(error.actions).toEqual([expect.stringMatching(/^Did you mean one of: .*(cancel_order|merge)/)]);
    },
    120_000,
  );
});
