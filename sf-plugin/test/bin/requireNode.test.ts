import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { cleanEnvironment } from '@agent-readiness/testkit';

const bin = join(import.meta.dirname, '..', '..', 'bin');
const older =
  'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.1.0"}})';

describe.each(['run.js', 'ci.js'])('%s on a Node.js that is too old', (program) => {
  it('says so, and nothing else', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', older, join(bin, program)], {
      encoding: 'utf8',
      env: cleanEnvironment(),
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 31,
      stdout: '',
      stderr: 'agent-readiness needs Node.js 22 or newer. This is 20.1.0.\n',
    });
  });
});
