export * from './place.ts';
export * from './effect.ts';
export * from './finding.ts';
export * from './report.ts';
export * from './manifest.ts';
export * from './manifestSha256.ts';
export * from './effectDiff.ts';
export * from './encoding/canonicalJson.ts';
