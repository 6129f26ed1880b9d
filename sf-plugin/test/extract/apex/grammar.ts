import { fileURLToPath } from 'node:url';
import { createApexParser, type ApexParser } from '../../../src/extract/apex/parser.ts';

/** The grammar that `npm run build` compiles. */
export function loadParser(): Promise<ApexParser> {
  return createApexParser(fileURLToPath(new URL('../../../grammar/dist/tree-sitter-apex.wasm', import.meta.url)));
}
