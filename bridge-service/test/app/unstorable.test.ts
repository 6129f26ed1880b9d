import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CompactSign } from 'jose';
import { openDatabase, type Database } from '../../src/adapters/sql/openDatabase.ts';
import { receiveOffer } from '../../src/app/custody/receiveOffer.ts';
import { newOffer } from '../support/offers.ts';
import { orgSigner } from '../support/parties.ts';
import { openStore } from '../support/sqlStore.ts';
import { createTestBridge } from '../support/testBridge.ts';

jest.setTimeout(60_000);

let database: Database | undefined;
beforeAll(async () => {
  database = await openDatabase({ kind: 'memory' });
}, 120_000);
afterAll(() => database?.close());

type Path = readonly string[];

/** Where in a value there are texts. */
function textsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => textsIn(member, [...path, name]));
}

function appended(value: unknown, [name, ...path]: Path, text: string): unknown {
  if (name === undefined) return `${String(value)}${text}`;
  const members = value as Readonly<Record<string, unknown>>;
  const changed = { ...members, [name]: appended(members[name], path, text) };
  return Array.isArray(value) ? Object.values(changed) : changed;
}

describe('a genuine offer with a claim that no store can hold', () => {
  it.each([
    ['U+0000', '\u0000'],
    ['a lone surrogate', '\ud800'],
    ['a line break', '\n'],
  ])('is refused: %s in any of its texts', async (_, damage) => {
    if (database === undefined) throw new Error('not opened');
    const bridge = createTestBridge(openStore(database));
    const { offer, message } = await newOffer({ nowMs: bridge.clock.nowMs(), task: 'refund-review' });
    const header = JSON.parse(Buffer.from(offer.compact.split('.')[0] ?? '', 'base64url').toString()) as {
      alg: string;
    };
    const places = textsIn(offer.claims);
    expect(places).toContainEqual(['act', 'sub']);
    for (const place of places) {
      const claims = JSON.stringify(appended(offer.claims, place, damage));
      const envelope = await new CompactSign(Buffer.from(claims)).setProtectedHeader(header).sign(orgSigner.key);
      const { kind } = await receiveOffer(bridge, { ...message, envelope });
      expect([place, kind]).toEqual([place, 'unverified']);
    }
    expect((await receiveOffer(bridge, message)).kind).toBe('taken');
  });
});
