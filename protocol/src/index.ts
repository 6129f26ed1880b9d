export * from './place.ts';
export * from './effect.ts';
export * from './finding.ts';
export * from './report.ts';
export * from './manifest.ts';
