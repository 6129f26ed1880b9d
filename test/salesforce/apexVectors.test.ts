import { expect, it } from '@jest/globals';
import { read } from '../sample/projectFiles.ts';
import { apexVectors, resource } from './apexVectors.ts';

it('the Apex tests read the golden vectors of the protocol', () => {
  expect(read(resource)).toBe(apexVectors());
});

it('has every vector that an org has to judge, and the chain that leads to them', () => {
  const { objects } = JSON.parse(read(resource)) as { objects: readonly { name: string; kind: string }[] };
  const all = JSON.parse(read('protocol/vectors/objects.json')) as typeof objects;
  const names = (kind: string, of: typeof objects): string[] =>
    of.filter((each) => each.kind === kind).map(({ name }) => name);
  for (const kind of ['accept', 'refuse', 'result']) expect(names(kind, objects)).toEqual(names(kind, all));
  expect(['offer', 'approval', 'close'].flatMap((kind) => names(kind, objects))).toEqual([
    'offer',
    'approval',
    'close',
  ]);
});
