import { logToStandardOutput } from '../../adapters/telemetry/pinoWatch.ts';
import { startService } from '../../service.ts';
import type { Command } from '../command.ts';
import { readSettings } from '../settings.ts';

export const start: Command = {
  name: 'start',
  takes: [],
  summary: 'serves until it is told to stop',
  details: 'SIGTERM drains: nothing new is taken, and what runs may end within limits.drainMs.',
  options: {},
  async run(_given, around) {
    const { config, isDevelopment } = await readSettings(around);
    const service = await startService(config, logToStandardOutput(), isDevelopment);
    around.say(`bridge listening on ${service.url}`);
    if (service.bridge.model.kind === 'offline') {
      around.say('NO MODEL: every answer is the example of its task, and says so.');
    }
    around.say(`key of its log: ${service.logKey}`);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        void service.stop();
      });
    }
    return undefined;
  },
};
