import type { Hop, Place } from '@agent-readiness/protocol';
import type { ApexMethod, ApexSummary, ApexType } from '../extract/apex/summary.ts';
import { placeAt } from '../extract/apex/position.ts';
import type { SourceLibrary } from '../extract/library/sourceLibrary.ts';
import type { FieldFacts } from '../extract/metadata/customField.ts';
import type { Reached } from './closure.ts';

/** A field with a classification that an action reads. */
export interface ClassifiedField {
  /** `Contact.Passport_Number__c` */
  readonly name: string;
  /** `Restricted, PII` */
  readonly classification: string;
  /** `proven`: it stands in a prompt; `possible`: it is read, and where its value goes is not followed. */
  readonly certainty: 'proven' | 'possible';
  /** The shortest path to the read. */
  readonly path: readonly Hop[];
}

/** Something that mentions a field of an object. */
interface Read {
  readonly certainty: ClassifiedField['certainty'];
  readonly place: Place;
  readonly label: string;
  readonly mentions: (field: FieldFacts) => boolean;
}

/**
 * The classified fields that what was reached reads, sorted by name. A field counts as read by code that mentions it
 * and its object; a field whose name no other classified field has needs no mention of the object.
 */
export function classifiedFields(reached: readonly Reached[], library: SourceLibrary): ClassifiedField[] {
  const fields = library.fields.classified();
  if (fields.length === 0) return [];
  const times = new Map<string, number>();
  for (const { name } of fields) times.set(lower(name), (times.get(lower(name)) ?? 0) + 1);
  const isAlone = ({ name }: FieldFacts): boolean => name.endsWith('__c') && times.get(lower(name)) === 1;
  const found = new Map<string, ClassifiedField>();
  for (const { callable, path } of reached) {
    for (const { mentions, certainty, place, label } of readsOf(callable, library, isAlone)) {
      for (const field of fields.filter(mentions)) {
        const name = `${field.object}.${field.name}`;
        if (found.has(name) && (certainty === 'possible' || found.get(name)?.certainty === 'proven')) continue;
        const read = { ...place, label: `${label} ${name}` };
        found.set(name, { name, classification: classificationOf(field), certainty, path: [...path, read] });
      }
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readsOf(
  callable: Reached['callable'],
  library: SourceLibrary,
  isAlone: (field: FieldFacts) => boolean,
): Read[] {
  const reading = (label: string, place: Place, code: unknown): Read => {
    const words = wordsOf(code);
    const mentions = (field: FieldFacts): boolean =>
      words.has(lower(field.name)) && (isAlone(field) || words.has(lower(field.object)));
    return { certainty: 'possible', place, label, mentions };
  };
  switch (callable.kind) {
    case 'flow': {
      const flow = library.flow(callable.name);
      return flow ? [reading('flow reads', flow.place, [flow.elements, flow.resources, flow.variables])] : [];
    }
    case 'apex-class':
    case 'apex-method': {
      const summary = library.apex.classNamed(callable.name.split('.', 1)[0] ?? callable.name);
      const wanted = callable.kind === 'apex-method' ? lower(callable.method) : undefined;
      const own = summary ? methodsOf(summary, callable.name, wanted).map((method) => ({ method, summary })) : [];
      return withHelpers(own, library).map((each) => readingOf(each, reading));
    }
    case 'prompt-template':
      return (library.promptTemplate(callable.name)?.recordMerges ?? []).map(({ object, field, place }) => ({
        certainty: 'proven',
        place,
        label: 'the prompt holds',
        mentions: (each) =>
          lower(each.object) === lower(object) && (field === '*' || lower(each.name) === lower(field)),
      }));
    default:
      return [];
  }
}

interface MethodInFile {
  readonly method: ApexMethod;
  readonly summary: ApexSummary;
}

/** Methods that only read have no effect, so that nothing reaches them: those that a method mentions count as called. */
function withHelpers(own: readonly MethodInFile[], library: SourceLibrary): readonly MethodInFile[] {
  const found = new Map(own.map((each) => [keyOf(each), each]));
  // A map iterates over what is added while it is iterated.
  for (const { method, summary } of found.values()) {
    const words = wordsOf([method.parameters, method.body]);
    const mentioned = [...words].flatMap((word) => library.apex.classNamed(word) ?? []);
    for (const each of new Set([summary, ...mentioned])) {
      for (const helper of each.type ? [each.type, ...innerOf(each.type)].flatMap(({ methods }) => methods) : []) {
        const called = { method: helper, summary: each };
        if (words.has(lower(helper.name)) && !found.has(keyOf(called))) found.set(keyOf(called), called);
      }
    }
  }
  return [...found.values()];
}

function keyOf({ method, summary }: MethodInFile): string {
  return `${summary.file}:${method.at}`;
}

function readingOf(
  { method: { at, parameters, body }, summary: { file } }: MethodInFile,
  reading: (label: string, place: Place, code: unknown) => Read,
): Read {
  return reading('Apex reads', placeAt(file, at), [parameters, body]);
}

/** The methods of one name; of an entry class, those that the platform can enter it by. */
function methodsOf({ type }: ApexSummary, name: string, wanted: string | undefined): ApexMethod[] {
  const types = type ? [type, ...innerOf(type)] : [];
  return types
    .filter((each) => lower(each.name) === lower(name))
    .flatMap(({ methods, constructors }) => (wanted === undefined ? methods : [...methods, ...constructors]))
    .filter((method) => (wanted === undefined ? method.annotations.length > 0 : lower(method.name) === wanted));
}

function innerOf({ inner }: ApexType): ApexType[] {
  return inner.flatMap((each) => [each, ...innerOf(each)]);
}

function classificationOf({ securityClassification, complianceGroups }: FieldFacts): string {
  return [...(securityClassification === undefined ? [] : [securityClassification]), ...complianceGroups].join(', ');
}

/** Every name in the code, in lower case; a relationship counts as its object. */
function wordsOf(code: unknown): ReadonlySet<string> {
  const words = JSON.stringify(code).match(/\w+/g) ?? [];
  return new Set(words.flatMap((word) => [lower(word), lower(word.replace(/__r$/i, '__c'))]));
}

function lower(name: string): string {
  return name.toLowerCase();
}
