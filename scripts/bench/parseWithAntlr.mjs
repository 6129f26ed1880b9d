/**
 * Parses the classes and triggers of a project with the ANTLR parser for Apex, and nothing more.
 *
 * Usage: node --conditions=source parseWithAntlr.mjs <project>
 */
import { ApexParserFactory } from '@apexdevtools/apex-parser';
import { openProject } from '../../sf-plugin/src/extract/project/openProject.ts';
import { apexFiles, measured } from './measured.mjs';

const [folder] = process.argv.slice(2);

await measured(() => {
  const { index, reader } = openProject(folder, []);
  let failed = 0;
  const files = apexFiles(index);
  for (const { kind, path } of files) {
    const parser = ApexParserFactory.createParser(reader.read(path));
    parser.removeErrorListeners();
    const tree = kind === 'apexTrigger' ? parser.triggerUnit() : parser.compilationUnit();
    if (!tree || parser._syntaxErrors > 0) failed += 1;
  }
  return { files: files.length, failed };
});
