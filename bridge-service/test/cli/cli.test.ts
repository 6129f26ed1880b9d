import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { commitmentOf, type AuditEvent } from '@agent-readiness/protocol/handoff';
import { leafHash, rootHash, signCheckpoint } from '@agent-readiness/protocol/log';
import { loadTasks } from '../../src/adapters/tasks/loadTasks.ts';
import { newTask } from '../../src/cli/newTask.ts';
import { verifyExport } from '../../src/cli/verifyExport.ts';
import { logOrigin, logSigner, logVerifierKey, otherLogVerifierKey } from '../support/parties.ts';

const entries = Array.from({ length: 5 }, (_, index) => ({
  index,
  event: {
    version: 1,
    txn: '00000000-0000-4000-8000-000000000001',
    party: 'https://bridge.example.com',
    at: 1_800_000_000 + index,
    event: 'act.dispatched',
    actor: 'bridge',
    content_sha256: '0'.repeat(64),
  } satisfies AuditEvent,
  salt: String(index).repeat(64),
}));

const checkpointOver = (size: number): Promise<string> =>
  signCheckpoint(
    {
      origin: logOrigin,
      size,
      root: rootHash(entries.slice(0, size).map(({ event, salt }) => leafHash(commitmentOf(event, salt)))),
    },
    [logSigner],
  );

const exportOf = async (lines: readonly unknown[] = entries, size = 5): Promise<string> =>
  [...lines, { checkpoint: await checkpointOver(size) }].map((line) => `${JSON.stringify(line)}\n`).join('');

describe('bridge audit verify', () => {
  it('accepts a whole log, and one that has grown from a kept checkpoint', async () => {
    const text = await exportOf();
    expect(await verifyExport(text, logVerifierKey)).toEqual({ ok: true, entries: 5 });
    for (const size of [0, 1, 4, 5]) {
      expect(await verifyExport(text, logVerifierKey, await checkpointOver(size))).toEqual({ ok: true, entries: 5 });
    }
  });

  it('names what is wrong', async () => {
    const problem = async (text: string, key = logVerifierKey, older?: string) => {
      const verdict = await verifyExport(text, key, older);
      return verdict.ok ? 'accepted' : verdict.problem;
    };
    const [first, second, third, ...others] = entries;
    const changed = { ...second, event: { ...second?.event, actor: 'somebody else' } };
    expect(await problem(await exportOf([first, changed, third, ...others]))).toBe(
      'the entries are not those of the checkpoint: one was changed',
    );
    expect(await problem(await exportOf([first, third, ...others]))).toBe(
      'line 2 is entry 2: one is missing or out of place',
    );
    expect(await problem(await exportOf(entries.slice(0, 4)))).toBe('the checkpoint is over 5 entries, and 4 are here');
    expect(await problem(await exportOf(entries, 4))).toBe('there are entries that the checkpoint does not cover');
    expect(await problem((await exportOf()).split('\n').slice(0, -2).join('\n'))).toBe(
      'the last line is no checkpoint: the export was cut',
    );
    expect(await problem(await exportOf([{ ...first, more: 1 }]))).toBe('line 1 is no entry');
    expect(await problem(await exportOf(), otherLogVerifierKey)).toBe('the checkpoint does not verify: note_unsigned');
    expect(await problem(await exportOf(), 'no key')).toMatch(/^the key is /);
    const rewritten = await exportOf(entries.slice(0, 3), 3);
    expect(await problem(rewritten, logVerifierKey, await checkpointOver(5))).toBe(
      'the older checkpoint is over 5 entries, and 3 are here',
    );
  });
});

describe('bridge task new', () => {
  it('writes a task that loads, and none over another', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tasks-'));
    newTask(folder, 'reply-draft');
    expect([...loadTasks(folder).keys()]).toEqual(['reply-draft']);
    expect(() => newTask(folder, 'reply-draft')).toThrow('EEXIST');
    rmSync(folder, { recursive: true });
  });
});
