import {
  canonicalJson,
  manifestSchema,
  manifestSha256,
  parseStrictJson,
  type AppliedLock,
  type Manifest,
  type Report,
} from '@agent-readiness/protocol';
import { signManifest, UnusableKeyError, verifyManifest } from '@agent-readiness/protocol/signature';
import { actionEffects, manifestOf } from '../policy/diff/actionEffects.ts';
import { ConfigurationError } from './errors.ts';
import { readOwnFile, readTextFile, relativePath, writeTextFile } from './textFiles.ts';

/** Where a project keeps its authority manifest, relative to its root. */
export const lockFile = 'authority.lock.json';

/** Beside the manifest lies its signature, so that signing does not change what was reviewed. */
const signatureSuffix = '.jws';

/** A manifest as it was read, with what the report says of it. */
export interface ReadLock {
  readonly manifest: Manifest;
  readonly read: Omit<AppliedLock, 'exceeded'>;
}

/** A key file. */
export interface Key {
  readonly file: string;
  /** Its text; `undefined` where it is not there. */
  readonly pem: string | undefined;
}

/**
 * Reads an authority manifest.
 *
 * @param root absolute path of the project, by which the report names the file
 * @param verifyWith the public key or certificate by which the manifest must be signed
 * @throws ConfigurationError when the file is not there, is no manifest, or is not signed as it must be
 */
export async function readLock(root: string, path: string, verifyWith?: Key): Promise<ReadLock> {
  const file = relativePath(root, path);
  const text = readOwnFile(path);
  if (text === undefined) {
    throw new ConfigurationError(`There is no authority manifest at "${file}".`, [
      'Write it and have it reviewed: sf readiness check --write-manifest',
    ]);
  }
  const parsed = manifestSchema.safeParse(parseStrictJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigurationError(
      `"${file}" is no authority manifest: ${issue?.path.join('.') || 'the file'}: ${issue?.message ?? ''}.`,
      ['Write it anew: sf readiness check --write-manifest'],
    );
  }
  const manifest = parsed.data;
  const read = { file, sha256: manifestSha256(manifest) };
  if (verifyWith === undefined) return { manifest, read };
  return { manifest, read: { ...read, signedBy: await signerOf(manifest, path, file, verifyWith) } };
}

async function signerOf(manifest: Manifest, path: string, file: string, verifyWith: Key): Promise<string> {
  const jws = readOwnFile(path + signatureSuffix);
  if (jws === undefined) {
    throw new ConfigurationError(`"${file}" is not signed: there is no ${file}${signatureSuffix}.`, [
      'Sign it: sf readiness check --write-manifest --sign-with <private key>',
    ]);
  }
  const signer = await withKey(verifyWith, (key) => verifyManifest(manifest, jws, key));
  if (signer !== undefined) return signer;
  throw new ConfigurationError(`The signature of "${file}" does not hold for the key in "${verifyWith.file}".`, [
    'Somebody changed the manifest after it was signed, or signed it with another key: have it reviewed again.',
  ]);
}

/**
 * Writes what the agents can do as an authority manifest, and its signature. Without a key an older
 * signature is left where it is: if the manifest changed, it holds no longer, and says so.
 *
 * @param signWith file with the private key
 * @throws ConfigurationError when it cannot be written or signed, or when not everything was seen
 */
export async function writeLock(report: Report, path: string, signWith?: string): Promise<string[]> {
  const [failed] = report.coverage.filesFailed;
  if (failed) {
    throw new ConfigurationError(
      `No manifest is written: ${failed.file}:${failed.line} ${failed.reason}, so more may be possible than was seen.`,
      ['Repair or retrieve the files that could not be read, and run the command again.'],
    );
  }
  const manifest = manifestOf(actionEffects(report));
  const signature =
    signWith === undefined
      ? undefined
      : await withKey({ file: signWith, pem: readTextFile(signWith) }, (key) => signManifest(manifest, key));
  writeTextFile(path, `${JSON.stringify(JSON.parse(canonicalJson(manifest)), null, 2)}\n`);
  if (signature === undefined) return [path];
  writeTextFile(path + signatureSuffix, `${signature}\n`);
  return [path, path + signatureSuffix];
}

async function withKey<T>({ file, pem }: Key, use: (key: string) => Promise<T>): Promise<T> {
  if (pem === undefined) throw new ConfigurationError(`There is no key at "${file}".`, ['Name a file in PEM.']);
  try {
    return await use(pem);
  } catch (error) {
    if (!(error instanceof UnusableKeyError)) throw error;
    throw new ConfigurationError(`"${file}" cannot be used as a key: ${error.message}.`, [
      'Use a P-256 key, or an RSA key from 2048 bits: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256',
    ]);
  }
}
