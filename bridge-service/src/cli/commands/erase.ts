import { erasePerson } from '../../app/operate/erase.ts';
import type { Command } from '../command.ts';
import { withBridge } from '../openBridge.ts';
import { sentence } from '../runCli.ts';
import { readSettings } from '../settings.ts';

export const erase: Command = {
  name: 'erase',
  takes: ['<org>', '<subject>'],
  summary: 'destroys the keys of a person, and with them all that was kept of them',
  details: `<org> is the party of the org, <subject> the id that offers name as "sub". It cannot be undone; every proof still
holds. Write the request down outside: after a restore it has to be repeated.`,
  options: { by: { value: '<name>', help: 'who erases; goes into the log' } },
  async run({ positionals: [org = '', subject = ''], required }, around) {
    const by = required('by');
    const { config } = await readSettings(around);
    const destroyed = await withBridge(config, (bridge) => erasePerson(bridge, { org, subject }, by));
    return sentence(true, `keys destroyed: ${destroyed}`, { destroyed });
  },
};
