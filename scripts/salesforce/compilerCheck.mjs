import { join } from 'node:path';
import { here, runJava } from './java.mjs';

/**
 * Errors of Salesforce's compiler that hold whatever objects an org has. The compiler runs without objects here, so its
 * other messages ("Invalid type", "Variable does not exist") may only say that.
 */
const INDEPENDENT_OF_OBJECTS = [
  /must be declared as/,
  /^Unsupported parameter type/,
  /^No such property, /,
  /^Only one method per type can be defined with/,
  /annotation/i,
  /InvocableVariable/,
  /InvocableMethod/,
  /^Identifier name is reserved/,
  /^Identifier (cannot|is)/i,
  /^Missing return statement/,
  /must use the override keyword/,
  /^Method must be defined as abstract|must implement/,
  /^Duplicate/,
  /already defined/,
  /^Unreachable statement/,
  /^Loop must iterate over/,
  /^Unexpected token|^Missing '|^Extra |mismatched/,
  /cannot be (final|static|private|abstract)/,
  /^Abstract methods|^Only top-level class/,
];

/**
 * Runs Salesforce's Apex compiler (jorje) on classes.
 *
 * @param {string} project
 * @param {string[]} classes relative to it
 * @returns {import('./problem.mjs').Problem[]}
 */
export function compilerCheck(project, classes) {
  const jar = join(here, 'node_modules/prettier-plugin-apex/vendor/apex-ast-serializer/lib/apex-jorje-lsp.jar');
  const paths = new Map(classes.map((file) => [join(project, file), file]));
  const { stdout } = runJava(['-cp', jar, join(here, 'CompileApex.java'), jar, ...paths.keys()]);
  return stdout
    .split('\n')
    .filter((line) => line.includes('\t'))
    .map((line) => line.split('\t'))
    .filter(([, , message]) => INDEPENDENT_OF_OBJECTS.some((pattern) => pattern.test(message)))
    .map(([path, line, message]) => ({ check: 'compiler', file: paths.get(path), line: Number(line), message }));
}
