import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Outcomes } from '../../../src/effects/apex/outcomes.ts';
import { createApexParser, type ApexParser } from '../../../src/extract/apex/parser.ts';
import { casesFolder, judge } from './apexCase.ts';

const grammar = fileURLToPath(new URL('../../../grammar/dist/tree-sitter-apex.wasm', import.meta.url));

describe('effects of Apex, against the verdicts in the sources', () => {
  let parser: ApexParser;
  beforeAll(async () => {
    parser = await createApexParser(grammar);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each(readdirSync(casesFolder).sort())('%s', (name) => {
    const { expected, actual } = judge(name, parser);
    expect(actual).toEqual(expected);
  });

  it.each(readdirSync(casesFolder).sort())('%s, with every callee run each time', (name) => {
    jest.spyOn(Outcomes.prototype, 'find').mockReturnValue(undefined);
    const { expected, actual } = judge(name, parser);
    expect(actual).toEqual(expected);
  });
});
