import { rotateKeys } from '../../app/operate/rotateKeys.ts';
import type { Command } from '../command.ts';
import { withBridge } from '../openBridge.ts';
import { sentence } from '../runCli.ts';
import { readSettings } from '../settings.ts';

export const keysRotate: Command = {
  name: 'keys rotate',
  takes: [],
  summary: 'wraps the keys of all persons under the new master key',
  details: `BRIDGE_MASTER_KEY is the new key, BRIDGE_SECOND_MASTER_KEY the old one. Replicas may go on working if all of them
know both. Stopped anywhere, it goes on when it is run again; when it has ended, remove the old key.`,
  options: { by: { value: '<name>', help: 'who rotates them; goes into the log' } },
  async run({ required }, around) {
    const by = required('by');
    const { config } = await readSettings(around);
    const { rewrapped, unreadable } = await withBridge(config, (bridge) => rotateKeys(bridge, by));
    const advice =
      unreadable === 0
        ? 'remove BRIDGE_SECOND_MASTER_KEY and restart every replica; destroy the old key with the last backup under it'
        : `${unreadable} keys are under neither master key: set the one that wrapped them as BRIDGE_SECOND_MASTER_KEY, and run this again`;
    return sentence(unreadable === 0, `wrapped anew: ${rewrapped}\n${advice}`, { rewrapped, unreadable });
  },
};
