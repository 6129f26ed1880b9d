import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { kinds, refusalCodes } from '@agent-readiness/protocol/handoff';
import { buildVectors, objectVectors } from './buildVectors.ts';
import type { ObjectCase } from './objectCases.ts';
import { loadWorld, verifyCase, type World } from './verifyCase.ts';

const folder = new URL('../../vectors/', import.meta.url);
const objects: readonly ObjectCase[] = await objectVectors();
const byName = new Map(objects.map((vector) => [vector.name, vector]));

describe('the committed vectors', () => {
  it('are what the generator writes', async () => {
    const built = await buildVectors();
    const committed = readdirSync(folder).filter((name) => name.endsWith('.json'));
    expect(committed.sort()).toEqual(Object.keys(built).sort());
    for (const [name, content] of Object.entries(built)) {
      expect(readFileSync(new URL(name, folder), 'utf8')).toBe(content);
    }
  });

  it('have distinct names, and every kind of object', () => {
    expect(byName.size).toBe(objects.length);
    const valid = objects.filter((vector) => vector.expect === 'ok').map((vector) => vector.kind);
    expect(new Set(valid)).toEqual(new Set(Object.keys(kinds)));
  });

  it('expect codes of the table', () => {
    const codes = new Set(['ok', ...Object.keys(refusalCodes)]);
    expect(objects.filter((vector) => !codes.has(vector.expect))).toEqual([]);
  });
});

describe('each vector', () => {
  let world: World;
  beforeAll(async () => {
    world = await loadWorld();
  });

  it.each(objects.map((vector) => [vector.name, vector] as const))('%s', async (_, vector) => {
    const outcome = await verifyCase(vector, byName, world);
    expect(outcome.ok ? 'ok' : outcome.code).toBe(vector.expect);
  });
});
