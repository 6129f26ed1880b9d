import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, renameSync, rmSync, type WriteStream } from 'node:fs';
import { finished, pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

/** A file that is no backup of this bridge, or not all of one. */
export class BackupFileError extends Error {
  override readonly name = 'BackupFileError';
}

const lastLine = 'hmac-sha256 ';

/**
 * Writes lines into a gzip file that nobody else can read, with an HMAC (RFC 2104) over them as the last
 * one. The file has its name once it is whole and on the disk; a file that is there is never replaced.
 *
 * @param write gets what writes a line; a line holds no line break
 * @throws BackupFileError when there is such a file already, or half of one
 */
export async function writeBackupFile(
  file: string,
  key: Uint8Array,
  write: (line: (text: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  if (existsSync(file)) throw new BackupFileError(`${file} is there already: name another file`);
  const partial = `${file}.partial`;
  const target = await createPartial(partial);
  const hmac = createHmac('sha256', key);
  const gzip = createGzip();
  const written = pipeline(gzip, target);
  // A full disk is told by whoever writes or waits next, and until then by nobody.
  written.catch(() => undefined);
  const put = async (text: string): Promise<void> => {
    if (!gzip.write(`${text}\n`)) await Promise.race([once(gzip, 'drain'), written]);
  };
  try {
    await write((text) => {
      hmac.update(`${text}\n`);
      return put(text);
    });
    gzip.end(`${lastLine}${hmac.digest('hex')}\n`);
    await written;
    renameSync(partial, file);
  } catch (error) {
    gzip.destroy();
    await finished(target).catch(() => undefined);
    await written.catch(() => undefined);
    rmSync(partial, { force: true });
    throw error;
  }
}

/** What is there belongs to a backup that is being written, or to one that died: only a person can tell. */
async function createPartial(partial: string): Promise<WriteStream> {
  const target = createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true });
  try {
    await once(target, 'open');
    return target;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    throw new BackupFileError(`${partial} is there: if no backup is being written, delete it and try again`);
  }
}

/**
 * Gives the lines of a backup. They are proven only once all of them were read: whatever is done with them
 * has to be undone when this rejects.
 *
 * @throws BackupFileError when a byte is missing or was changed, or the file was written under another key
 */
export async function readBackupFile<T>(
  file: string,
  key: Uint8Array,
  work: (lines: AsyncIterable<string>) => Promise<T>,
): Promise<T> {
  let result: { readonly value: T } | undefined;
  try {
    await pipeline(createReadStream(file), createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
      result = { value: await work(provenLines(chunks, createHmac('sha256', key))) };
    });
  } catch (error) {
    if (isDamage(error)) throw new BackupFileError(`${file} is no backup, or was cut off`, { cause: error });
    throw error;
  }
  if (result === undefined) throw new BackupFileError(`${file} is empty`);
  return result.value;
}

async function* provenLines(
  chunks: AsyncIterable<Buffer>,
  hmac: ReturnType<typeof createHmac>,
): AsyncGenerator<string> {
  let held: string | undefined;
  for await (const line of linesOf(chunks)) {
    if (held !== undefined) {
      hmac.update(`${held}\n`);
      yield held;
    }
    held = line;
  }
  const expected = Buffer.from(`${lastLine}${hmac.digest('hex')}`);
  const found = Buffer.from(held ?? '');
  if (found.length !== expected.length || !timingSafeEqual(found, expected)) {
    throw new BackupFileError('the backup was changed or cut off, or was written under another master key');
  }
}

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let open: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([...open, chunk.subarray(from, end)]).toString('utf8');
      open = [];
      from = end + 1;
    }
    if (from < chunk.length) open.push(chunk.subarray(from));
  }
  if (open.length > 0) throw new BackupFileError('the backup was cut off');
}

/** What zlib says about a file that is not gzip, or ends too early. */
function isDamage(error: unknown): boolean {
  return ['Z_DATA_ERROR', 'Z_BUF_ERROR'].includes(codeOf(error) ?? '');
}

/** The stable code that Node gives its errors. */
function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
