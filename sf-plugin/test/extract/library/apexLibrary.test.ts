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

it('names the second definition of a class or a trigger', async () => {
  const files = {
    'a/Handler.cls': 'public class Handler extends First {}',
    'b/Handler.cls': 'public class Handler extends Second {}',
    'a/OnCase.trigger': 'trigger OnCase on Case (after insert) {}',
    'b/OnCase.trigger': 'trigger OnCase on Lead (after insert) {}',
  };
  const coverage = new CoverageLog();
  const library = new ApexLibrary(projectOf(files), coverage, await createApexParser(apexGrammar));
  expect(library.classNamed('handler')?.type?.superType).toBe('First');
  expect(library.triggers().map(({ trigger }) => trigger?.object)).toEqual(['Case']);
  expect(coverage.filesFailed.map(({ file, reason }) => `${file}: ${reason}`)).toEqual([
    'b/Handler.cls: Handler is defined a second time; the definition in a/Handler.cls is analysed, this one is not',
    'b/OnCase.trigger: OnCase is defined a second time; the definition in a/OnCase.trigger is analysed, this one is not',
  ]);
});

it('says of the code of a package that the org does not show it', async () => {
  const files = { 'a/pkg__Rule.cls': '(hidden)', 'a/pkg__OnCase.trigger': '(hidden)\n' };
  const coverage = new CoverageLog();
  const library = new ApexLibrary(projectOf(files), coverage, await createApexParser(apexGrammar));
  expect([library.classNamed('pkg__Rule'), library.triggers()]).toEqual([undefined, []]);
  expect(coverage.filesFailed.map(({ file, reason }) => `${file}: ${reason}`)).toEqual([
    'a/pkg__OnCase.trigger: code of a package, which the org does not show',
    'a/pkg__Rule.cls: code of a package, which the org does not show',
  ]);
});
