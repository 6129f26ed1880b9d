import type { Command } from '../command.ts';
import { diagnose } from '../doctor/diagnose.ts';
import { readSettings } from '../settings.ts';

export const doctor: Command = {
  name: 'doctor',
  takes: [],
  summary: 'looks at store, keys, orgs, model, clock, tasks and prices, and says what to do',
  details: 'Serves nothing and changes nothing. The embedded store can be looked at while no bridge runs on it.',
  options: {},
  async run(_given, around) {
    const { config, isDevelopment } = await readSettings(around);
    const found = await diagnose(config, isDevelopment);
    const lines = found.map(
      ({ what, ok, found: text, advice }) =>
        `${ok ? 'ok  ' : 'look'} ${what}: ${text}${advice === '' ? '' : `\n       → ${advice}`}`,
    );
    const ok = found.every((each) => each.ok);
    return { ok, text: lines.join('\n'), json: { ok, found } };
  },
};
