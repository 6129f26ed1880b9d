import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { XmlElement, parseXml } from '@rgrove/parse-xml';
import ts from 'typescript';

const require = createRequire(import.meta.url);

/** Attributes, and what the WSDL holds as text though it is XML: the configuration of a Lightning web component. */
const IGNORED = new Set(['xmlns', 'xsi:type', 'xmlns:xsi', 'targetConfigs']);

/** Types that the WSDL of `@salesforce/types` does not have; of their files only the XML is checked. */
const NOT_IN_WSDL = new Set(['GenAiPromptTemplate', 'AiEvaluationDefinition']);

/**
 * Compares metadata with Salesforce's WSDL: elements that the type does not have, values that its enumerations, numbers
 * and booleans do not have, elements that occur twice and may not.
 */
export function createMetadataCheck() {
  const entry = require.resolve('@salesforce/types/metadata').replace(/\.js$/, '.d.ts');
  const program = ts.createProgram([entry], { skipLibCheck: true, lib: ['lib.es5.d.ts'], types: [] });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const types = new Map(
    checker.getExportsOfModule(checker.getSymbolAtLocation(source)).map((symbol) => [symbol.name, symbol]),
  );

  /**
   * @param {string} project
   * @param {string} file relative to it, `*-meta.xml`
   * @returns {import('./problem.mjs').Problem[]}
   */
  return function metadataCheck(project, file) {
    const text = readFileSync(join(project, file), 'utf8');
    const problems = [];
    const report = (offset, message) => {
      problems.push({ check: 'metadata', file, line: text.slice(0, offset).split('\n').length, message });
    };
    let root;
    try {
      ({ root } = parseXml(text, { includeOffsets: true }));
    } catch (error) {
      return [{ check: 'metadata', file, line: error.line ?? 1, message: 'is no well-formed XML' }];
    }
    const symbol = types.get(root.name);
    if (symbol) visit(root, checker.getDeclaredTypeOfSymbol(symbol));
    else if (!NOT_IN_WSDL.has(root.name)) report(root.start, `unknown type of metadata ${root.name}`);
    return problems;

    function visit(element, type) {
      const children = element.children.filter((child) => child instanceof XmlElement);
      if (children.length === 0) return checkValue(element, type);
      const seen = new Set();
      for (const child of children) {
        if (IGNORED.has(child.name)) continue;
        const property = checker.getPropertyOfType(type, child.name);
        if (!property) {
          report(child.start, `${element.name} has no ${child.name}`);
          continue;
        }
        const own = checker.getNonNullableType(checker.getTypeOfSymbol(property));
        // Not the index type: text has one too.
        const item = elementType(own);
        if (!item && seen.has(child.name)) report(child.start, `${element.name} has ${child.name} twice`);
        seen.add(child.name);
        visit(child, item ?? own);
      }
    }

    function elementType(type) {
      return checker.isArrayType(type) ? checker.getTypeArguments(type)[0] : undefined;
    }

    function checkValue(element, type) {
      const value = element.text.trim();
      const allowed = (type.isUnion() ? type.types : [type])
        .filter((each) => each.isStringLiteral())
        .map((each) => each.value);
      if (allowed.length > 0 && !allowed.includes(value)) {
        report(element.start, `${element.name} is one of ${allowed.join(', ')}, not "${value}"`);
      }
      if (type.flags & ts.TypeFlags.Number && !/^-?\d+(\.\d+)?$/.test(value)) {
        report(element.start, `${element.name} is a number, not "${value}"`);
      }
      if (checker.typeToString(type) === 'boolean' && !['true', 'false'].includes(value)) {
        report(element.start, `${element.name} is true or false, not "${value}"`);
      }
    }
  };
}
