import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../sample/projectFiles.ts';
import { apexVectors, resource } from './apexVectors.ts';

writeFileSync(join(repository, resource), apexVectors());
