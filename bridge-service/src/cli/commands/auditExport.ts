import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportLog } from '../../app/operate/readAudit.ts';
import { logKeyOf } from '../../wiring/createBridge.ts';
import type { Command } from '../command.ts';
import { withBridge } from '../openBridge.ts';
import { sentence } from '../runCli.ts';
import { readSettings } from '../settings.ts';

export const auditExport: Command = {
  name: 'audit export',
  takes: ['<file>'],
  summary: 'writes every entry of the log, and the signed checkpoint over them',
  details: 'The same as GET /v1/audit/export. The embedded store can be read while no bridge runs on it.',
  options: {},
  async run({ positionals: [file = ''] }, around) {
    const { config } = await readSettings(around);
    await withBridge(config, (bridge) =>
      pipeline(Readable.from(exportLog(bridge)), createWriteStream(file, { mode: 0o600, flags: 'wx' })),
    );
    const key = logKeyOf(config);
    return sentence(true, `written: ${file}\nverify it with: bridge audit verify ${file} --key '${key}'`, {
      file,
      key,
    });
  },
};
