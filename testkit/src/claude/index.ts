export * from './behaviour.ts';
export * from './startFakeClaude.ts';
