import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { objectFields } from './objectFields.mjs';
import { elementsOf, textOf, xmlFiles } from './xmlFiles.mjs';

const isCustom = (name) => /__(c|e|mdt)$/i.test(name);

/**
 * Names in permission sets, custom metadata and approval processes that the project does not define, and platform
 * events that would be lost with the transaction that publishes them. Standard objects and fields are taken as they are.
 *
 * @param {string} project
 * @returns {import('./problem.mjs').Problem[]}
 */
export function referenceCheck(project) {
  const { objects, types } = objectFields(project);
  const classes = new Set(
    globSync('force-app/**/*.cls', { cwd: project }).map((file) => basename(file, '.cls').toLowerCase()),
  );
  const hasClass = (name) => classes.has(name.toLowerCase());
  const hasObject = (name) => !isCustom(name) || objects.has(name.toLowerCase());
  const hasField = (name) => !isCustom(name) || types.has(name.toLowerCase());
  return [
    ...named(project, '*.permissionset-meta.xml', 'apexClass', hasClass),
    ...named(project, '*.permissionset-meta.xml', 'object', hasObject),
    ...named(project, '*.permissionset-meta.xml', 'field', hasField),
    ...named(project, '*.queue-meta.xml', 'sobjectType', hasObject),
    ...valuesOfRecords(project, hasField),
    ...fieldsOfProcesses(project, hasField),
    ...eventsOfTransactions(project),
  ];
}

function named(project, pattern, element, exists) {
  return xmlFiles(project, pattern).flatMap(({ file, text, root }) =>
    elementsOf(root, element)
      .filter((each) => !exists(each.text.trim()))
      .map((each) => problem(file, text, each, `there is no ${each.text.trim()} in this project`)),
  );
}

/** `Type.Record.md-meta.xml` holds values for fields of `Type__mdt`. */
function valuesOfRecords(project, hasField) {
  return xmlFiles(project, '*.md-meta.xml').flatMap(({ file, text, root }) => {
    const [type] = basename(file).split('.');
    return elementsOf(root, 'field')
      .filter((each) => !hasField(`${type}__mdt.${each.text.trim()}`))
      .map((each) => problem(file, text, each, `${type}__mdt has no ${each.text.trim()}`));
  });
}

/** `Object.Process` names fields of its object; field updates of a workflow do too. */
function fieldsOfProcesses(project, hasField) {
  return ['*.approvalProcess-meta.xml', '*.workflow-meta.xml'].flatMap((pattern) =>
    xmlFiles(project, pattern).flatMap(({ file, text, root }) => {
      const [object] = basename(file).split('.');
      return elementsOf(root, 'field')
        .filter((each) => !hasField(`${object}.${each.text.trim()}`))
        .map((each) => problem(file, text, each, `${object} has no ${each.text.trim()}`));
    }),
  );
}

/** The journal is written before the callout: an event that waits for the commit blocks it, and vanishes with it. */
function eventsOfTransactions(project) {
  return xmlFiles(project, '*__e.object-meta.xml')
    .filter(({ root }) => textOf(root, 'publishBehavior') !== 'PublishImmediately')
    .map(({ file, text, root }) => problem(file, text, root, 'a journal event is published immediately'));
}

function problem(file, text, element, message) {
  return { check: 'references', file, line: text.slice(0, element.start).split('\n').length, message };
}
