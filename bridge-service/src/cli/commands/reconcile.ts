import { readFileSync } from 'node:fs';
import type { Command } from '../command.ts';
import { reconcileExports } from '../reconcile.ts';
import { sentence } from '../runCli.ts';
import { readSettings } from '../settings.ts';

export const reconcile: Command = {
  name: 'reconcile',
  takes: ['<bridge file>', '<org file>'],
  summary: 'compares what both sides hold, and names what does not fit',
  details:
    'The files come from "bridge export bridge" and "bridge export org". Codes: docs/errors.md, Inconsistencies.',
  options: { key: { value: '<key>', help: 'verifier key of the log that you have pinned; else that of the settings' } },
  async run({ positionals: [bridge = '', org = ''], option }, around) {
    const { config } = await readSettings(around);
    const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
    const found = await reconcileExports(config, { bridge: read(bridge), org: read(org) }, option('key'));
    const text = found.length === 0 ? 'reconciled: both tell one story' : found.join('\n');
    return sentence(found.length === 0, text, { inconsistencies: found });
  },
};
