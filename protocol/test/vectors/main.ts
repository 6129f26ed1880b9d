import { mkdirSync, writeFileSync } from 'node:fs';
import { buildVectors } from './buildVectors.ts';

const folder = new URL('../../vectors/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, content] of Object.entries(await buildVectors())) writeFileSync(new URL(name, folder), content);
