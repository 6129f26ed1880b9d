import { describe, expect, it } from '@jest/globals';
import {
  checkExtends,
  consistencyProof,
  createNoteSigner,
  formatCheckpoint,
  formatVerifierKey,
  leafHash,
  openCheckpoint,
  openNote,
  parseCheckpoint,
  parseVerifierKey,
  rootHash,
  signCheckpoint,
  signNote,
} from '@agent-readiness/protocol/log';
import { strangerLogKey, testLogKey } from '../vectors/keys.ts';
import { noteCases } from '../vectors/logCases.ts';
import { value } from '../vectors/verifyCase.ts';

const goKey = noteCases[0]?.key ?? '';
const goNote = noteCases[0]?.note ?? '';
const text = goNote.slice(0, goNote.lastIndexOf('\n\n') + 1);

describe('verifier keys', () => {
  it('are read and written', async () => {
    const key = value(await parseVerifierKey(goKey));
    expect([key.name, key.keyId]).toEqual(['PeterNeumann', 'c74f20a3']);
    expect(
      formatVerifierKey(
        'PeterNeumann',
        new Uint8Array(Buffer.from(goKey.split('+').slice(2).join('+'), 'base64').subarray(1)),
      ),
    ).toBe(goKey);
  });

  // The manglings of Go's note_test.go.
  it('are refused when cut or changed anywhere', async () => {
    const cut = Array.from({ length: goKey.length }, (_, at) => [goKey.slice(0, at), goKey.slice(at + 1)]).flat();
    const changed = Array.from(
      goKey,
      (character, at) => goKey.slice(0, at) + String.fromCharCode(character.charCodeAt(0) + 1) + goKey.slice(at + 1),
    );
    for (const wrong of [...cut, ...changed])
      expect(await parseVerifierKey(wrong)).toMatchObject({ code: 'note_malformed' });
  });

  it.each([
    ['a longer key', 'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=='],
    ['an unknown type', 'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
  ])('are refused for %s, even when the id fits', async (_, key) => {
    expect(await parseVerifierKey(key)).toMatchObject({ ok: false, code: 'note_malformed' });
  });
});

describe('signNote', () => {
  it('writes what Go writes', async () => {
    // The signer's key of Go's example_test.go: type byte and seed.
    const seed = new Uint8Array(Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1));
    const publicKey = new Uint8Array(Buffer.from('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'base64').subarray(1));
    expect(await signNote(text, [await createNoteSigner('PeterNeumann', seed, publicKey)])).toBe(goNote);
  });

  it.each(['', 'no newline', 'tab\t\n', 'return\r\n', 'surrogate\ud800\n'])('refuses the text %j', async (wrong) => {
    await expect(signNote(wrong, [])).rejects.toThrow(RangeError);
  });

  it.each(['', 'a b', 'a+b', 'a\u2003b'])('refuses the name %j', async (name) => {
    await expect(createNoteSigner(name, testLogKey.seed, testLogKey.publicKey)).rejects.toThrow(RangeError);
  });
});

describe('openNote', () => {
  it.each(noteCases.map((row) => [row.name, row] as const))('%s', async (_, { key, note, expect: expected }) => {
    const parsed = await parseVerifierKey(key);
    const opened = parsed.ok ? await openNote(note, [parsed.value]) : parsed;
    expect(opened.ok ? 'ok' : opened.code).toBe(expected);
  });

  it('refuses a note with any character changed', async () => {
    const key = value(await parseVerifierKey(goKey));
    for (let at = 0; at < goNote.length; at += 1) {
      const changed = goNote.slice(0, at) + String.fromCharCode(goNote.charCodeAt(at) ^ 1) + goNote.slice(at + 1);
      expect((await openNote(changed, [key])).ok).toBe(false);
    }
  });

  it('takes many signatures, not any number', async () => {
    const key = value(await parseVerifierKey(goKey));
    const line = goNote.slice(goNote.lastIndexOf('\n\n') + 2);
    expect((await openNote(goNote + line.repeat(15), [key])).ok).toBe(true);
    expect((await openNote(goNote + line.repeat(64), [key])).ok).toBe(false);
    expect((await openNote('x\n'.repeat(100_000), [key])).ok).toBe(false);
  });

  it('splits at the last empty line', async () => {
    const signer = await createNoteSigner('log', testLogKey.seed, testLogKey.publicKey);
    const key = value(await parseVerifierKey(formatVerifierKey('log', testLogKey.publicKey)));
    const poem = 'one\n\n— log AAAAAAAA\n\ntwo\n';
    expect(value(await openNote(await signNote(poem, [signer]), [key])).text).toBe(poem);
  });
});

describe('checkpoints', () => {
  const checkpoint = { origin: 'example.com/log', size: 7, root: leafHash(new Uint8Array()) };
  const verifier = async (name: string, key = testLogKey) =>
    value(await parseVerifierKey(formatVerifierKey(name, key.publicKey)));
  const signer = (name: string, key = testLogKey) => createNoteSigner(name, key.seed, key.publicKey);

  it('are written as the specification shows', () => {
    expect(formatCheckpoint(checkpoint)).toBe('example.com/log\n7\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n');
  });

  it('are signed and opened, also with a second signature', async () => {
    const signed = await signCheckpoint(checkpoint, [
      await signer('example.com/log'),
      await signer('witness', strangerLogKey),
    ]);
    expect(value(await openCheckpoint(signed, 'example.com/log', [await verifier('example.com/log')]))).toEqual(
      checkpoint,
    );
  });

  it('of another log are refused, whoever signed them', async () => {
    const signed = await signCheckpoint(checkpoint, [await signer('example.com/log')]);
    const keys = [await verifier('example.com/log'), await verifier('example.com/other')];
    expect(await openCheckpoint(signed, 'example.com/other', keys)).toMatchObject({ code: 'note_unsigned' });
    const posing = await signCheckpoint(checkpoint, [await signer('example.com/other')]);
    expect(await openCheckpoint(posing, 'example.com/other', keys)).toMatchObject({ code: 'checkpoint_origin' });
    expect(await openCheckpoint(posing, 'example.com/log', keys)).toMatchObject({ code: 'note_unsigned' });
  });

  it.each([
    ['a leading zero', 'log\n07\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n'],
    ['a sign', 'log\n+7\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n'],
    ['hexadecimal', 'log\n0x7\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n'],
    ['a size beyond 2^53', 'log\n9007199254740993\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n'],
    ['a short root', 'log\n7\nbjQLnA==\n'],
    ['no root', 'log\n7\n'],
    ['no origin', '\n7\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n'],
    ['an empty extension line', 'log\n7\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n\nx\n'],
    ['no last newline', 'log\n7\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0='],
  ])('with %s are malformed', (_, wrong) => {
    expect(parseCheckpoint(wrong)).toMatchObject({ ok: false, code: 'checkpoint_malformed' });
  });

  it('may carry extension lines and be empty', () => {
    expect(value(parseCheckpoint('log\n0\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\nextra\n')).size).toBe(0);
  });

  it('extend what was shown before, or are caught', () => {
    const leaves = Array.from({ length: 7 }, (_, index) => leafHash(Uint8Array.of(index)));
    const head = (size: number, origin = 'log') => ({ origin, size, root: rootHash(leaves.slice(0, size)) });
    const proof = consistencyProof(leaves, 3);
    expect(checkExtends(head(3), head(7), proof)).toBeUndefined();
    expect(checkExtends(head(0), head(7), [])).toBeUndefined();
    expect(checkExtends(head(0), head(7), proof)).toMatchObject({ code: 'consistency_invalid' });
    expect(checkExtends({ ...head(3), root: rootHash(leaves.slice(1, 4)) }, head(7), proof)).toMatchObject({
      code: 'consistency_invalid',
    });
    expect(checkExtends(head(7), head(3), proof)).toMatchObject({ code: 'consistency_invalid' });
    expect(checkExtends(head(3), head(7, 'other'), proof)).toMatchObject({ code: 'checkpoint_origin' });
  });
});
