import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApexParserFactory } from '@apexdevtools/apex-parser';
import { objectFields } from './objectFields.mjs';
import { visit } from './queryProbes.mjs';

const NOT_FILTERABLE = new Set(['LongTextArea', 'Html', 'EncryptedText']);

/**
 * Conditions of queries on fields that cannot be filtered: the type check lets them pass, an org does not.
 *
 * @param {string} project
 * @param {string[]} files classes and triggers, relative to it
 * @returns {import('./problem.mjs').Problem[]}
 */
export function filterCheck(project, files) {
  const { types } = objectFields(project);
  return files.flatMap((file) =>
    conditionsOf(readFileSync(join(project, file), 'utf8'), file.endsWith('.trigger'))
      .filter(({ object, field }) => NOT_FILTERABLE.has(types.get(`${object}.${field}`.toLowerCase())))
      .map(({ object, field, line }) => ({
        check: 'query',
        file,
        line,
        message: `${field} of ${object} cannot be filtered`,
      })),
  );
}

/** Of the outer queries; a list of children is named by its relationship, not by its object. */
function conditionsOf(source, isTrigger) {
  const parser = ApexParserFactory.createParser(source);
  const conditions = [];
  try {
    visit(isTrigger ? parser.triggerUnit() : parser.compilationUnit(), (node) => {
      if (node?.constructor.name !== 'QueryContext') return true;
      const [from, where] = ['FromNameListContext', 'WhereClauseContext'].map((name) =>
        node.children.find((child) => child.constructor.name === name),
      );
      if (!where) return false;
      visit(where, (each) => {
        if (each?.constructor.name === 'FieldNameContext') {
          conditions.push({ object: from.getText(), field: each.getText(), line: each.start.line });
        }
        return true;
      });
      return false;
    });
  } catch {
    // The type check names the error.
  }
  return conditions;
}
