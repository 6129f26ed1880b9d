import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LabelledAgent } from './labels.ts';
import { withWiredAgents } from './wiring.ts';

const desk: LabelledAgent = {
  agent: 'Desk',
  wired: 'force-app',
  actions: [
    {
      action: 'refund',
      topic: 'measured',
      target: 'apex://Refund',
      reachable: true,
      effects: [],
      platform: [],
      ruledOut: [],
    },
  ],
};
const bundle = 'force-app/main/default/aiAuthoringBundles/Desk/Desk.agent';

describe('withWiredAgents', () => {
  let checkout = '';

  beforeEach(() => {
    checkout = mkdtempSync(join(tmpdir(), 'checkout-'));
    mkdirSync(join(checkout, '.git'));
    writeFileSync(join(checkout, 'sfdx-project.json'), '{}');
  });
  afterEach(() => {
    rmSync(checkout, { recursive: true, force: true });
  });

  it('measures the checkout itself where every agent is the project’s own', async () => {
    const own = { agent: desk.agent, actions: desk.actions };

    expect(await withWiredAgents(checkout, [own], (folder) => Promise.resolve(folder))).toBe(checkout);
  });

  it('offers each action in a copy, and leaves the checkout as it is', async () => {
    const { folder, script } = await withWiredAgents(checkout, [desk], (copy) => {
      expect(existsSync(join(copy, 'sfdx-project.json'))).toBe(true);
      expect(existsSync(join(copy, '.git'))).toBe(false);
      return Promise.resolve({ folder: copy, script: readFileSync(join(copy, bundle), 'utf8') });
    });

    expect(script).toBe(`config:
    developer_name: "Desk"
start_agent measured:
    actions:
        refund:
            target: "apex://Refund"
    reasoning:
        actions:
            refund: @actions.refund
`);
    expect(existsSync(folder)).toBe(false);
    expect(existsSync(join(checkout, bundle))).toBe(false);
  });

  it('refuses an action without a target', async () => {
    const actions = desk.actions.map((action) => ({ ...action, target: undefined }));

    await expect(withWiredAgents(checkout, [{ ...desk, actions }], () => Promise.resolve())).rejects.toThrow(
      'Desk.refund is wired, but its labels name no target.',
    );
  });
});
