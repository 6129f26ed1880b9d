import type { Case } from './case.ts';

// Joined from parts, so that no scanner takes this file for a leak.
const key = (...parts: string[]) => parts.join('');

export const secretsCases: readonly Case[] = [
  [key('sk-', 'ant-api03-', 'abcdefghijklmnopqrstuvwxyz'), 'key'],
  [key('AK', 'IA', 'IOSFODNN7EXAMPLE'), 'key'],
  [key('-----BEGIN RSA ', 'PRIVATE KEY-----', '\nMIIEow'), 'key'],
  [key('%73', 'k-', 'ant-api03-', 'abcdefghijklmnopqrstuvwxyz'), 'key'],
  ['password is Tr0ub4dor&3', 'named_secret'],
  ['x = Zx8Qm2Lp0Vt7Rb4Ky9Wd3Nc6Hs1Jf5Ga', 'random_run'],
  // harmless
  ['My password is expired and I forgot it.'],
  ['5003000000D8cuIAAR and 0b0f1c9e-7a55-4d5e-9f0e-1f2d3c4b5a69'],
  ['TheQuickBrownFoxJumpsOverTheLazyDogAgain'],
  ['/docs/2026/11/Release-Notes-v2/Overview-of-Changes.html'],
];
