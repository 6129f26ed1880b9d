import type { Command } from '../command.ts';
import { UsageError } from '../command.ts';
import { withBridge } from '../openBridge.ts';
import { restoreFrom, settleInPlace } from '../restore.ts';
import { sentence } from '../runCli.ts';
import { readSettings } from '../settings.ts';

export const restore: Command = {
  name: 'restore',
  takes: [],
  summary: 'fills an empty store from a backup, and makes it safe to serve',
  details: `Everything happens or nothing does. The log must be the one that the backup was signed over. Handoffs that were
open in the backup end as "restored": what has happened to them since is not known here, and a write is never
repeated. The kill switch is engaged: erase again who was erased since, reconcile with every org, then release it.`,
  options: {
    from: { value: '<file>', help: 'a file that "bridge backup" has written' },
    'in-place': { help: 'the database was restored by its own means: do the rest' },
    by: { value: '<name>', help: 'who restores it; goes into the log' },
  },
  async run({ option, required, isSet }, around) {
    const file = option('from');
    if ((file === undefined) !== isSet('in-place')) throw new UsageError('either --from or --in-place is needed');
    const by = required('by');
    const { config } = await readSettings(around);
    const { entries, ended, unreadable } = await withBridge(config, (bridge, database) =>
      file === undefined
        ? settleInPlace(config, bridge, database, by)
        : restoreFrom(config, bridge, database, file, by),
    );
    const text = `restored: ${entries} entries in the log, ${ended} open handoffs ended, ${unreadable} of erased persons left
The kill switch is engaged. Now, in this order:
  1. bridge erase …        whoever was erased since the backup
  2. bridge reconcile …    with every org: what the log has lost, and what was done since
  3. bridge start, then DELETE /v1/kill-switch with {"scope":{"kind":"global"}}`;
    return sentence(true, text, { entries, ended, unreadable });
  },
};
