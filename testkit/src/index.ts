export * from './cpuTime.ts';
export * from './localRegistry.ts';
export * from './npm.ts';
export * from './org/index.ts';
export * from './project.ts';
export * from './run.ts';
export * from './sfCli.ts';
