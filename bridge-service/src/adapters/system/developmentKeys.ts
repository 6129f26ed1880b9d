import { createHash, createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** Keys that nobody has to keep safe, for a bridge that nobody relies on. */
export interface DevelopmentKeys {
  readonly masterKey: string;
  readonly signing: { readonly privateKey: string; readonly certificate: string };
  readonly logSeed: string;
  /** An org that only this bridge knows, to try it out with. */
  readonly org: { readonly certificateFile: string; readonly pin: string } & DevelopmentKeys['signing'];
  readonly operatorToken: string;
}

/** The keys of a first start: made once, kept in `folder`, readable by nobody else. */
export async function developmentKeys(folder: string): Promise<DevelopmentKeys> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const secret = (name: string): string => keep(join(folder, name), () => randomBytes(32).toString('base64'));
  const bridge = await keyPair(folder, 'bridge');
  const org = await keyPair(folder, 'org');
  return {
    masterKey: secret('master.key'),
    signing: { privateKey: bridge.privateKey, certificate: bridge.certificate },
    logSeed: secret('log.seed'),
    org: { certificateFile: org.file, pin: org.pin, privateKey: org.privateKey, certificate: org.certificate },
    operatorToken: keep(join(folder, 'operator.token'), () => randomBytes(24).toString('base64url')),
  };
}

interface KeyPair {
  readonly privateKey: string;
  readonly certificate: string;
  readonly file: string;
  readonly pin: string;
}

async function keyPair(folder: string, name: string): Promise<KeyPair> {
  const files = { key: join(folder, `${name}.key.pem`), certificate: join(folder, `${name}.cert.pem`) };
  if (!existsSync(files.key) || !existsSync(files.certificate)) {
    const subject = [{ name: 'commonName', value: `DEVELOPMENT ONLY ${name}` }];
    const made = await generate(subject, { keySize: 2048, algorithm: 'sha256' });
    write(files.key, createPrivateKey(made.private).export({ type: 'pkcs8', format: 'pem' }).toString());
    write(files.certificate, made.cert);
  }
  const certificate = readFileSync(files.certificate, 'utf8');
  const digest = createHash('sha256').update(new X509Certificate(certificate).raw).digest('base64url');
  return {
    privateKey: readFileSync(files.key, 'utf8'),
    certificate,
    file: files.certificate,
    pin: `cert:${digest}`,
  };
}

function keep(file: string, make: () => string): string {
  if (!existsSync(file)) write(file, make());
  return readFileSync(file, 'utf8');
}

function write(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
}

/** A seed is the private half of an Ed25519 key (RFC 8032); this is the public one. */
export function ed25519PublicKey(seed: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = Buffer.from('302e020100300506032b657004220420', 'hex');
  const key = createPrivateKey({ key: Buffer.concat([header, seed]), format: 'der', type: 'pkcs8' });
  const jwk = key.export({ format: 'jwk' });
  return new Uint8Array(Buffer.from(jwk.x ?? '', 'base64url'));
}
