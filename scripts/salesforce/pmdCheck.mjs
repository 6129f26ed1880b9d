import { CodeAnalyzer, CodeAnalyzerConfig } from '@salesforce/code-analyzer-core';
import { createEnginePlugin } from '@salesforce/code-analyzer-pmd-engine';
import { join, relative } from 'node:path';

/** Rules of the recommended set that are not followed here, with the reason. */
const NOT_FOLLOWED = new Set([
  // Doc comments stand where they say more than the name.
  'ApexDoc',
  // A reader judges these better than a number: verifiers are lists of conditions.
  'CognitiveComplexity',
  'CyclomaticComplexity',
  'ExcessiveParameterList',
  'AvoidBooleanMethodParameters',
  // Rights have tests of their own; runAs in every other test would prove nothing.
  'ApexUnitTestClassShouldHaveRunAs',
  // What a failed job leaves open is found again by the scheduled HandoffFollowUp.
  'QueueableWithoutFinalizer',
]);

/**
 * Runs PMD's recommended rules for Apex.
 *
 * @param {string} project
 * @param {string[]} files relative to it
 * @returns {Promise<import('./problem.mjs').Problem[]>}
 */
export async function pmdCheck(project, files) {
  if (files.length === 0) return [];
  const analyzer = new CodeAnalyzer(CodeAnalyzerConfig.withDefaults());
  await analyzer.addEnginePlugin(createEnginePlugin());
  const workspace = await analyzer.createWorkspace(files.map((file) => join(project, file)));
  const rules = await analyzer.selectRules(['pmd:Recommended'], { workspace });
  const results = await analyzer.run(rules, { workspace });
  return results
    .getViolations()
    .filter((violation) => !NOT_FOLLOWED.has(violation.getRule().getName()))
    .map((violation) => {
      const location = violation.getPrimaryLocation();
      return {
        check: `pmd ${violation.getRule().getName()}`,
        file: relative(project, location.getFile()),
        line: location.getStartLine(),
        message: violation.getMessage(),
      };
    });
}
