import type { CoverageLog } from '../coverage.ts';
import { parseCustomField, type FieldFacts } from '../metadata/customField.ts';
import { parseCustomObject } from '../metadata/customObject.ts';
import type { Project } from '../project/openProject.ts';
import { isSameName, memoizeByName, once } from './memoize.ts';

/** The fields of the project, in decomposed and in whole object files. */
export class FieldLibrary {
  readonly #named: (name: string) => readonly FieldFacts[];
  /** Lookups, master-detail and roll-up fields: the ones that tie objects together. */
  readonly #ties: () => readonly FieldFacts[];
  /** The fields with a security classification other than `Public`, or with a compliance group. */
  readonly classified: () => readonly FieldFacts[];

  constructor({ index, reader }: Project, coverage: CoverageLog) {
    const readField = memoizeByName((path) =>
      coverage.attempt(path, () => parseCustomField(path, reader.read(path) ?? '')),
    );
    const inObjects = once(() =>
      index
        .all('object')
        .flatMap(
          ({ path }) => coverage.attempt(path, () => parseCustomObject(path, reader.read(path) ?? ''))?.fields ?? [],
        ),
    );
    this.#named = memoizeByName((name) => [
      ...index.named('field', name).flatMap(({ path }) => readField(path) ?? []),
      ...inObjects().filter((field) => isSameName(field.name, name)),
    ]);
    this.#ties = once(() =>
      [...index.all('field').flatMap(({ path }) => readField(path) ?? []), ...inObjects()].filter(
        ({ referenceTo, summarizes }) => referenceTo.length > 0 || summarizes !== undefined,
      ),
    );
    // Most projects classify few fields: only files that say so are parsed.
    const saysSo = (path: string): boolean =>
      /<(?:securityClassification|complianceGroup)\b/.test(coverage.look(() => reader.read(path)) ?? '');
    this.classified = once(() =>
      [
        ...index.all('field').flatMap(({ path }) => (saysSo(path) ? (readField(path) ?? []) : [])),
        ...(index.all('object').some(({ path }) => saysSo(path)) ? inObjects() : []),
      ].filter(
        ({ securityClassification = 'Public', complianceGroups }) =>
          securityClassification !== 'Public' || complianceGroups.length > 0,
      ),
    );
  }

  /** The objects that a lookup or master-detail field points at; empty for any other field. */
  referencesTo(object: string, field: string): readonly string[] {
    return this.field(object, field)?.referenceTo ?? [];
  }

  /** The field as the project defines it; `undefined` for a field of the platform or of a package. */
  field(object: string, name: string): FieldFacts | undefined {
    return this.#named(name).find((each) => isSameName(each.object, object));
  }

  /** The fields that look up an object. */
  fieldsReferencing(object: string): readonly FieldFacts[] {
    return this.#ties().filter(({ referenceTo }) => referenceTo.some((each) => isSameName(each, object)));
  }

  /** The roll-up fields that count or add up records of an object. */
  rollUpsOf(object: string): readonly FieldFacts[] {
    return this.#ties().filter(
      ({ summarizes }) => summarizes !== undefined && isSameName(summarizes.split('.', 1)[0] ?? '', object),
    );
  }
}
