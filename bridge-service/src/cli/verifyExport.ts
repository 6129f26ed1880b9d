import { commitmentOf, receiptSchema } from '@agent-readiness/protocol/handoff';
import { leafHash, openCheckpoint, parseVerifierKey, rootHash, type Hash } from '@agent-readiness/protocol/log';
import { z } from 'zod';

const entrySchema = z.strictObject({
  index: z.int().min(0),
  event: receiptSchema.shape.event,
  salt: receiptSchema.shape.salt,
});
const lastLineSchema = z.strictObject({ checkpoint: z.string() });

/** `ok`, or the first thing that is wrong. */
export type ExportVerdict =
  { readonly ok: true; readonly entries: number } | { readonly ok: false; readonly problem: string };

/**
 * Verifies an export of the log (`GET /v1/audit/export`) with nothing but the key of the log: every entry
 * is there in order, and together they make the tree that the checkpoint is signed over.
 *
 * @param key the verifier key, from wherever it was pinned: never from the export
 * @param older a checkpoint that somebody kept: the log must have grown from it
 */
export async function verifyExport(text: string, key: string, older?: string): Promise<ExportVerdict> {
  const parsed = await parseVerifierKey(key);
  if (!parsed.ok) return wrong(`the key is ${parsed.detail}`);
  const lines = text.trimEnd().split('\n');
  const last = lastLineSchema.safeParse(parseLine(lines.at(-1)));
  if (!last.success) return wrong('the last line is no checkpoint: the export was cut');

  const leaves: Hash[] = [];
  for (const [at, line] of lines.slice(0, -1).entries()) {
    const entry = entrySchema.safeParse(parseLine(line));
    if (!entry.success) return wrong(`line ${at + 1} is no entry`);
    if (entry.data.index !== at)
      return wrong(`line ${at + 1} is entry ${entry.data.index}: one is missing or out of place`);
    leaves.push(leafHash(commitmentOf(entry.data.event, entry.data.salt)));
  }
  for (const [name, note] of [
    ['checkpoint', last.data.checkpoint],
    ['older checkpoint', older],
  ] as const) {
    if (note === undefined) continue;
    const head = await openCheckpoint(note, parsed.value.name, [parsed.value]);
    if (!head.ok) return wrong(`the ${name} does not verify: ${head.code}`);
    const { size, root } = head.value;
    if (size > leaves.length) return wrong(`the ${name} is over ${size} entries, and ${leaves.length} are here`);
    if (name === 'checkpoint' && size < leaves.length)
      return wrong('there are entries that the checkpoint does not cover');
    if (!isSame(rootHash(leaves.slice(0, size)), root)) {
      return wrong(`the entries are not those of the ${name}: one was changed`);
    }
  }
  return { ok: true, entries: leaves.length };
}

function wrong(problem: string): ExportVerdict {
  return { ok: false, problem };
}

function parseLine(line = ''): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isSame(a: Hash, b: Hash): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
