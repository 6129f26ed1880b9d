import { expect, it } from '@jest/globals';
import { apexGrammar } from '../../../src/actions/check.ts';
import { createApexParser } from '../../../src/extract/apex/parser.ts';
import { CoverageLog } from '../../../src/extract/coverage.ts';
import { ApexLibrary } from '../../../src/extract/library/apexLibrary.ts';
import { projectOf } from './project.ts';

it('finds every subtype, whatever stands in the comments of its header', async () => {
  const files = {
    'a/Handler.cls': 'public interface Handler {}',
    'a/Plain.cls': 'public class Plain implements Handler {}',
    'a/Long.cls': `public class Long implements /* ${'x'.repeat(10_000)} */ Handler {}`,
    'a/Brace.cls': 'public class Brace implements /* { */ Handler {}',
    'a/Line.cls': 'public class Line /* extends http://x */ implements Handler {\n  Integer i;\n}',
    'a/Text.cls': "public class Text {\n  String s = '/* extends';\n  class Inner implements Handler {}\n}",
    'a/Other.cls': 'public class Other implements Comparable { /* Handler */ }',
  };
  const coverage = new CoverageLog();
  const library = new ApexLibrary(projectOf(files), coverage, await createApexParser(apexGrammar));
  expect(library.subtypesOf('Handler')).toEqual(['Brace', 'Line', 'Long', 'Plain', 'Text.Inner']);
  expect(coverage.filesFailed).toEqual([]);
});
