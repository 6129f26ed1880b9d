/**
 * Usage: node --conditions=source bridge-service/scripts/generate.mjs     (npm run generate calls it)
 *
 * Writes openapi.json, the HTTP surface as the routes have it. A test compares the two.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { openApiDocument } from '../src/http/contract/openApi.ts';

const root = new URL('../', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
writeFileSync(new URL('openapi.json', root), `${JSON.stringify(openApiDocument(version), null, 2)}\n`);
