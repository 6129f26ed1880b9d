import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { manifestSha256, type Report } from '@agent-readiness/protocol';
import { actionEffects, manifestOf } from '../../src/policy/diff/actionEffects.ts';
import { compareEffects } from '../../src/policy/diff/compareEffects.ts';
import { readCases, type CaseFile } from '../corpus/corpusCase.ts';
import { reformatXml } from '../corpus/reformatXml.ts';
import { check, moved, shuffled } from '../corpus/variants.ts';

/** What may happen to a project without a change of what it does. */
const harmless: Readonly<Record<string, (files: readonly CaseFile[]) => CaseFile[]>> = {
  'moved to other folders': moved,
  'listed in another order': shuffled,
  'with other white space in XML': (files) =>
    files.map((file) => ({ ...file, text: reformatXml(file.path, file.text) })),
  'with Windows line ends': (files) => files.map((file) => ({ ...file, text: file.text.replaceAll('\n', '\r\n') })),
  'with empty lines before everything that may begin with some': (files) =>
    files.map((file) => (/\.(cls|trigger)$/.test(file.path) ? { ...file, text: `\n\n\n${file.text}` } : file)),
};

function digest(report: Report): string {
  return manifestSha256(manifestOf(actionEffects(report)));
}

function fingerprints({ findings }: Report): string[] {
  return findings.map(({ fingerprint }) => fingerprint).sort();
}

describe('manifest and fingerprints', () => {
  const cases = readCases();
  const changes = fc
    .subarray(Object.keys(harmless), { minLength: 1 })
    .chain((some) => fc.shuffledSubarray(some, { minLength: 1 }));

  it('are those of what a project does, not of how it is laid out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...cases), changes, async ({ files }, names) => {
        const before = await check(files);
        const after = await check(
          names.reduce<readonly CaseFile[]>((all, name) => harmless[name]?.(all) ?? all, files),
        );
        expect(digest(after)).toBe(digest(before));
        expect(fingerprints(after)).toEqual(fingerprints(before));
        expect(compareEffects(actionEffects(before), actionEffects(after))).toEqual({
          actions: { added: [], removed: [] },
          changes: [],
        });
      }),
      { seed: 20260601, numRuns: 120 },
    );
  }, 60_000);

  it('tell projects apart that do something else', async () => {
    const digests = new Set<string>();
    for (const { files } of cases.slice(0, 40)) digests.add(digest(await check(files)));
    expect(digests.size).toBeGreaterThan(10);
  });
});
