import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createApexParser, type ApexParser } from '../../../src/extract/apex/parser.ts';
import { casesFolder, judge } from './apexCase.ts';

const grammar = fileURLToPath(new URL('../../../grammar/dist/tree-sitter-apex.wasm', import.meta.url));

describe('effects of Apex, against the verdicts in the sources', () => {
  let parser: ApexParser;
  beforeAll(async () => {
    parser = await createApexParser(grammar);
  });

  it.each(readdirSync(casesFolder).sort())('%s', (name) => {
    const { expected, actual } = judge(name, parser);
    expect(actual).toEqual(expected);
  });
});
