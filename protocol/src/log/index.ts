export * from './merkle.ts';
export * from './verifyProof.ts';
export * from './note.ts';
export * from './checkpoint.ts';
