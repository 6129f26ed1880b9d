import type { z } from 'zod';
import type { LocatedYaml, YamlPath } from '../../extract/yaml/locatedYaml.ts';
import { didYouMean } from '../nearest.ts';
import type { Problem } from '../problem.ts';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/**
 * Every way in which a document does not fit its schema, with the nearest valid name.
 *
 * @param root the schema as JSON Schema: what it says can be read
 */
export function schemaProblems(
  root: JsonSchema,
  document: LocatedYaml,
  issues: readonly z.core.$ZodIssue[],
): Problem[] {
  return issues.flatMap((issue) => issueProblems(root, document, issue, []));
}

function issueProblems(root: JsonSchema, document: LocatedYaml, issue: z.core.$ZodIssue, above: YamlPath): Problem[] {
  const path = [...above, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys': {
      const valid = keysAt(root, path);
      return issue.keys.map((key) => ({
        place: document.placeOfKey([...path, key]),
        message: `there is no setting "${key}" here${didYouMean(key, valid)}`,
      }));
    }
    case 'invalid_union':
      return unionIssues(issue).flatMap((inner) => issueProblems(root, document, inner, path));
    case 'invalid_value':
      return [{ place: document.placeOf(path), message: wrongValue(document, path, issue.values.map(String)) }];
    case 'invalid_type':
      return [{ place: document.placeOf(path), message: wrongType(document, path, issue.expected) }];
    case 'invalid_format':
      return [
        {
          place: document.placeOf(path),
          message: `${settingName(path)} ${formatWords[issue.format] ?? issue.message}`,
        },
      ];
    case 'custom':
      return [{ place: document.placeOf(path), message: issue.message }];
    default:
      return [{ place: document.placeOf(path), message: `${settingName(path)}: ${issue.message}` }];
  }
}

/** What is wrong with the alternative that was meant: the one that fits at its top. */
function unionIssues({ errors }: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] {
  const meant = errors.find((issues) => issues.every(({ code, path }) => code !== 'invalid_type' || path.length > 0));
  return meant ?? errors.at(-1) ?? [];
}

const formatWords: Readonly<Record<string, string>> = {
  date: 'must be a day of the calendar, written as 2030-01-31',
};

function wrongValue(document: LocatedYaml, path: YamlPath, valid: readonly string[]): string {
  const value = valueAt(document.value, path);
  if (value === undefined) return missing(path);
  const [only, ...others] = valid;
  if (only !== undefined && others.length === 0) return `${settingName(path)} must be ${only}`;
  if (typeof value === 'object') return `${settingName(path)} cannot be a list or a mapping`;
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return `${settingName(path)} cannot be "${shown}"${didYouMean(shown, valid)}`;
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  int: 'a whole number',
  number: 'a number',
};

function wrongType(document: LocatedYaml, path: YamlPath, expected: string): string {
  if (valueAt(document.value, path) === undefined && path.length > 0) return missing(path);
  return `${settingName(path)} must be ${typeWords[expected] ?? expected}`;
}

function missing(path: YamlPath): string {
  return `"${String(path.at(-1))}" is missing`;
}

function settingName(path: YamlPath): string {
  const name = path.findLast((part) => typeof part === 'string');
  return name === undefined ? 'the file' : `"${name}"`;
}

function valueAt(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (inside, key) =>
      typeof inside === 'object' && inside !== null ? (inside as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

/** The settings that the schema knows at a path. */
function keysAt(schema: JsonSchema, path: YamlPath): string[] {
  const [step, ...rest] = path;
  const alternatives = schema.anyOf ?? [schema];
  return alternatives.flatMap((each): string[] => {
    if (typeof each === 'boolean') return [];
    if (step === undefined) return Object.keys(each.properties ?? {}).concat(namesOf(each.propertyNames));
    const inner =
      typeof step === 'number' ? each.items : (each.properties?.[String(step)] ?? each.additionalProperties);
    return typeof inner === 'object' && !Array.isArray(inner) ? keysAt(inner, rest) : [];
  });
}

function namesOf(names: JsonSchema | boolean | undefined): string[] {
  return typeof names === 'object' ? (names.enum ?? []).map(String) : [];
}
