import { readFileSync } from 'node:fs';
import type { Command } from '../command.ts';
import { sentence } from '../runCli.ts';
import { verifyExport } from '../verifyExport.ts';

export const auditVerify: Command = {
  name: 'audit verify',
  takes: ['<export>'],
  summary: 'verifies an export of the log; needs no bridge and no secret',
  details: 'scripts/vectors/verifyExport.py does the same in another language, with nothing of this repository.',
  options: {
    key: { value: '<key>', help: 'verifier key of the log, from where you pinned it' },
    older: { value: '<file>', help: 'a checkpoint that somebody kept: the log must have grown from it' },
  },
  async run({ positionals: [file = ''], required, option }) {
    const key = required('key');
    const older = option('older');
    const verdict = await verifyExport(
      readFileSync(file, 'utf8'),
      key,
      older === undefined ? undefined : readFileSync(older, 'utf8'),
    );
    return verdict.ok
      ? sentence(true, `verified: ${verdict.entries} entries`, { entries: verdict.entries })
      : sentence(false, `NOT VERIFIED: ${verdict.problem}`, { problem: verdict.problem });
  },
};
