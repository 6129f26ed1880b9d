import { consistencyProof, inclusionProof, leafHash, rootHash } from '@agent-readiness/protocol/log';
import { logVerifierKey } from './testLog.ts';

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/**
 * The eight entries of the RFC 6962 reference tests and the roots of the first 1 … 8 of them, as
 * Certificate Transparency publishes them (transparency-dev/merkle, testonly/constants.go).
 */
const referenceEntries = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const referenceRoots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/**
 * Notes of the C2SP signed-note specification (its example) and of Go's golang.org/x/mod/sumdb/note
 * (example_test.go), and what must not pass for them.
 */
const goKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const goNote =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const c2spKey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const c2spNote =
  'This is an example message.\n\n' +
  '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

export const noteCases = [
  { name: 'go-sumdb', expect: 'ok', key: goKey, note: goNote },
  { name: 'c2sp', expect: 'ok', key: c2spKey, note: c2spNote },
  { name: 'another-text', expect: 'note_signature_invalid', key: goKey, note: goNote.replace('answer', 'Answer') },
  { name: 'another-key', expect: 'note_unsigned', key: c2spKey, note: goNote },
  { name: 'another-name', expect: 'note_unsigned', key: goKey, note: goNote.replace('— Peter', '— Pater') },
  { name: 'no-signature', expect: 'note_malformed', key: goKey, note: 'text\n\n' },
  { name: 'no-last-newline', expect: 'note_malformed', key: goKey, note: goNote.slice(0, -1) },
  { name: 'control-character', expect: 'note_malformed', key: goKey, note: goNote.replace('think', 'think\t') },
  { name: 'hyphen-for-dash', expect: 'note_malformed', key: goKey, note: goNote.replace('—', '-') },
  { name: 'unused-bits', expect: 'note_malformed', key: goKey, note: goNote.replace('nAM=', 'nAN=') },
  { name: 'key-id-of-another-name', expect: 'note_malformed', key: goKey.replace('Peter', 'Pater'), note: goNote },
  { name: 'unknown-signature-beside', expect: 'ok', key: goKey, note: `${goNote}${c2spNote.split('\n\n')[1] ?? ''}` },
];

export function logVectors(): object {
  const leaves = referenceEntries.map((entry) => leafHash(Buffer.from(entry, 'hex')));
  const sizes = referenceRoots.map((_, index) => index + 1);
  return {
    source: 'entries and roots: RFC 6962 reference tests of Certificate Transparency; notes: C2SP, Go sumdb',
    entries: referenceEntries,
    roots: referenceRoots,
    inclusion: sizes.flatMap((size) =>
      Array.from({ length: size }, (_, index) => {
        const proof = inclusionProof(leaves.slice(0, size), index).map(toHex);
        return { index, size, leaf: toHex(leafHash(Buffer.from(referenceEntries[index] ?? '', 'hex'))), proof };
      }),
    ),
    consistency: sizes.flatMap((newSize) =>
      Array.from({ length: newSize }, (_, index) => {
        const proof = consistencyProof(leaves.slice(0, newSize), index + 1).map(toHex);
        return { oldSize: index + 1, newSize, proof };
      }),
    ),
    emptyRoot: toHex(rootHash([])),
    notes: noteCases,
    logKey: logVerifierKey,
  };
}
