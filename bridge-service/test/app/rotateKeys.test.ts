import { expect, it, jest } from '@jest/globals';
import { createSqlStore } from '../../src/adapters/sql/sqlStore.ts';
import { createAesGcm } from '../../src/adapters/system/aesGcm.ts';
import { systemRandom } from '../../src/adapters/system/systemRandom.ts';
import { rotateKeys } from '../../src/app/operate/rotateKeys.ts';
import { noOutbox } from '../../src/cli/openBridge.ts';
import type { Store } from '../../src/ports/store.ts';
import { CrashError, crashing } from '../support/crashing.ts';
import { describeOnBothDatabases, type DatabaseUnderTest } from '../support/databases.ts';
import { createTestBridge } from '../support/testBridge.ts';

jest.setTimeout(300_000);

const [first, second, third] = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte));
const org = 'https://example.my.salesforce.com/00D5g000004ABCDEA4';
/** A page and a quarter. */
const count = 250;

function storeUnder({ database }: DatabaseUnderTest, masterKey = first, secondMasterKey?: Uint8Array): Store {
  const wrapping = {
    cipher: createAesGcm(systemRandom),
    random: systemRandom,
    masterKey: masterKey ?? new Uint8Array(),
    secondMasterKey,
  };
  return createSqlStore(database, { wrapping, outbox: noOutbox });
}

/** Keys of so many persons, by id; made anew each time. */
async function makeKeys(store: Store, name: string, howMany: number): Promise<ReadonlyMap<string, string>> {
  return store.transaction(async ({ keys }) => {
    const made = new Map<string, string>();
    for (let at = 0; at < howMany; at += 1) {
      const { dataKey } = await keys.keyFor({ org, subject: `${name} ${String(at)}` }, 'conversation');
      const { id, key } = dataKey;
      made.set(id, Buffer.from(key).toString('hex'));
    }
    return made;
  });
}

async function readKeys(store: Store, ids: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  return store.transaction(async ({ keys }) => {
    const read = new Map<string, string>();
    for (const id of ids) {
      const found = await keys.find(id);
      if (found !== undefined) read.set(id, Buffer.from(found.key).toString('hex'));
    }
    return read;
  });
}

describeOnBothDatabases('the master key', (get) => {
  it('is exchanged while replicas work that know both, and wherever the process dies', async () => {
    const made = await makeKeys(storeUnder(get()), 'person', count);
    await storeUnder(get()).transaction(({ keys }) => keys.destroy({ org, subject: 'person 7' }));
    // Reading all of them many times takes long; these are of both pages, and one was destroyed.
    const sample = [...made.keys()].filter((_, at) => at % 25 === 7);
    const left = new Map(sample.slice(1).map((id) => [id, made.get(id)]));
    const between = storeUnder(get(), first, second);
    const after = storeUnder(get(), second, first);

    const bridge = createTestBridge(after);
    for (const crash of [
      { at: 1, when: 'after' },
      { at: 2, when: 'before' },
    ] as const) {
      const dying = crashing(bridge, crash);
      await expect(rotateKeys(dying.bridge, 'duty')).rejects.toThrow(CrashError);
      expect(await readKeys(after, sample)).toEqual(left);
      expect(await readKeys(between, sample)).toEqual(left);
    }
    expect(await rotateKeys(bridge, 'duty')).toEqual({ rewrapped: count - 1 - 200, unreadable: 0 });
    expect(await rotateKeys(bridge, 'duty')).toEqual({ rewrapped: 0, unreadable: 0 });
    expect(await readKeys(storeUnder(get(), second), sample)).toEqual(left);
    await expect(readKeys(storeUnder(get(), first), left.keys())).rejects.toThrow('under another master key');
    const logged = await after.transaction(async ({ audit }) => (await audit.entries(0, 10)).map(({ event }) => event));
    expect(logged.map(({ event, actor }) => `${event} ${actor}`)).toEqual(['keys.rotated duty', 'keys.rotated duty']);
  });

  it('leaves alone what neither key opens, and says so', async () => {
    const lost = await makeKeys(storeUnder(get(), third), 'lost', 2);
    expect(await rotateKeys(createTestBridge(storeUnder(get(), second, first)), 'duty')).toEqual({
      rewrapped: 0,
      unreadable: 2,
    });
    expect(await readKeys(storeUnder(get(), third), lost.keys())).toEqual(lost);
  });
});
