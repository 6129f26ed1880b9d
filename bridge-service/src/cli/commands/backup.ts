import { backUp } from '../backup.ts';
import type { Command } from '../command.ts';
import { withBridge } from '../openBridge.ts';
import { sentence } from '../runCli.ts';
import { readSettings } from '../settings.ts';

export const backup: Command = {
  name: 'backup',
  takes: ['<file>'],
  summary: 'writes the whole store, as it is at one moment, into a new file',
  details: `On PostgreSQL replicas may go on working; the embedded store can be read while no bridge runs on it.
Values in it are sealed, names of orgs and ids of persons are not. Keep it apart from BRIDGE_MASTER_KEY.`,
  options: {},
  async run({ positionals: [file = ''] }, around) {
    const { config } = await readSettings(around);
    const { rows, entries } = await withBridge(config, (bridge, { db }) => backUp(config, bridge, db, file));
    return sentence(true, `written: ${file}, ${rows} rows, ${entries} entries in the log`, { file, rows, entries });
  },
};
