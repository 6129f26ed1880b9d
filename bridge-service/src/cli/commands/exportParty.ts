import { writeFileSync } from 'node:fs';
import type { Command } from '../command.ts';
import { exportBridge, exportOrg } from '../reconcile.ts';
import { sentence } from '../runCli.ts';
import { readSettings } from '../settings.ts';

function exportOf(side: 'bridge' | 'org', summary: string, details: string): Command {
  return {
    name: `export ${side}`,
    takes: ['<party>', '<file>'],
    summary,
    details,
    options: {},
    async run({ positionals: [party = '', file = ''] }, around) {
      const { config } = await readSettings(around);
      const exported = side === 'org' ? await exportOrg(config, party) : await exportBridge(config, party);
      writeFileSync(file, JSON.stringify(exported), { mode: 0o600 });
      return sentence(true, `written: ${file}`, { file });
    },
  };
}

export const exportBridgeSide = exportOf(
  'bridge',
  'writes what the bridge holds of the handoffs of an org',
  'Signed objects in the clear, and the log. The embedded store can be read while no bridge runs on it.',
);
export const exportOrgSide = exportOf('org', 'writes what an org holds of its handoffs', 'Needs a login to that org.');
