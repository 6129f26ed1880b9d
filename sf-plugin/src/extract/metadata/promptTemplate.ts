import type { Place } from '@agent-readiness/protocol';
import { child, children, textOf, type Element } from '../xml/xml.ts';
import { apiNameOf, parseRoot } from './metadataFile.ts';

/** A prompt template: what it runs to ground a prompt before a model is asked. */
export interface PromptTemplateFacts {
  readonly name: string;
  readonly place: Place;
  /** As the metadata spells it, e.g. `einstein_gpt__flex`. */
  readonly type: string | undefined;
  /** `undefined` where the metadata does not say which version is live; `providers` are then those of all. */
  readonly activeVersion: string | undefined;
  readonly providers: readonly DataProvider[];
  /** What of records stands in the prompt. */
  readonly recordMerges: readonly RecordMerge[];
}

export interface RecordMerge {
  readonly object: string;
  /** `*` for a snapshot of the record. */
  readonly field: string;
  readonly place: Place;
}

export interface DataProvider {
  /** `type` is the scheme of the definition: `flow`, `apex`, `invocable`, … */
  readonly target: { readonly type: string; readonly name: string };
  readonly place: Place;
  readonly label: string;
}

/** Merge fields that run something; those of other kinds read a record, the user or the organization. */
const runningMergeField = /\{!\$(Flow|Apex):(\w+)/g;

/** Schemes of definitions that name a type of data and run nothing. */
const dataSchemes: ReadonlySet<string> = new Set(['primitive', 'sobject']);

/** @throws UnreadableError when the file is not a prompt template */
export function parsePromptTemplate(file: string, text: string): PromptTemplateFacts {
  const root = parseRoot(file, text, 'GenAiPromptTemplate');
  const versions = children(root, 'templateVersions');
  const active = activeVersion(root, versions);
  return {
    name: apiNameOf(file),
    place: root.place,
    type: textOf(root, 'type'),
    activeVersion: active && versionName(active),
    providers: (active ? [active] : versions).flatMap(readProviders),
    recordMerges: (active ? [active] : versions).flatMap(readRecordMerges),
  };
}

/** Up to API 63 versions are numbered, afterwards they have an identifier. */
function activeVersion(root: Element, versions: readonly Element[]): Element | undefined {
  const name = textOf(root, 'activeVersionIdentifier') ?? textOf(root, 'activeVersion');
  return name === undefined ? undefined : versions.find((version) => versionName(version) === name);
}

function versionName(version: Element): string | undefined {
  return textOf(version, 'versionIdentifier') ?? textOf(version, 'versionNumber');
}

function readProviders(version: Element): DataProvider[] {
  const declared = children(version, 'templateDataProviders').flatMap(readProvider);
  const known = new Set(declared.map(({ target }) => keyOf(target)));
  return [...declared, ...mergedProviders(version).filter(({ target }) => !known.has(keyOf(target)))];
}

function readProvider(element: Element): DataProvider[] {
  const definition = textOf(element, 'definition');
  if (definition === undefined) return [];
  const separator = definition.indexOf('://');
  const type = separator === -1 ? 'unknown' : definition.slice(0, separator);
  if (dataSchemes.has(type.toLowerCase())) return [];
  const path = separator === -1 ? definition : definition.slice(separator + '://'.length);
  // `invocable://getEinsteinRetrieverResults/My_Retriever`: the action, then what it works on.
  const name = type === 'invocable' ? path.replace(/\/.*$/s, '') : path;
  return [{ target: { type, name }, place: element.place, label: `grounds the prompt with ${definition}` }];
}

function mergedProviders(version: Element): DataProvider[] {
  const content = child(version, 'content');
  if (!content) return [];
  const merged = [...content.text.matchAll(runningMergeField)].map(([, type = '', name = '']): DataProvider => {
    const target = { type: type.toLowerCase(), name };
    return { target, place: content.place, label: `merges the result of ${keyOf(target)}` };
  });
  return [...new Map(merged.map((provider) => [keyOf(provider.target), provider])).values()];
}

/** `{!$Input:Guest.Email}`, `{!$RecordSnapshot:Guest.Snapshot}`: an input that is a record, and a field of it. */
const recordMergeField = /\{!\$(\w+):(\w+)\.([\w.]+)/g;

function readRecordMerges(version: Element): RecordMerge[] {
  const content = child(version, 'content');
  if (!content) return [];
  const objects = new Map(
    children(version, 'inputs').flatMap((input) => {
      const [, object] = /^sobject:\/\/(\w+)/i.exec(textOf(input, 'definition') ?? '') ?? [];
      const names = [textOf(input, 'apiName'), textOf(input, 'referenceName')?.replace(/^Input:/, '')];
      return object === undefined ? [] : names.flatMap((name) => (name === undefined ? [] : [[name, object] as const]));
    }),
  );
  return [...content.text.matchAll(recordMergeField)].flatMap(([, kind, input = '', path = '']): RecordMerge[] => {
    const object = objects.get(input);
    if (object === undefined) return [];
    const field = kind === 'RecordSnapshot' ? '*' : path.slice(path.lastIndexOf('.') + 1);
    return [{ object, field, place: content.place }];
  });
}

function keyOf({ type, name }: DataProvider['target']): string {
  return `${type}://${name}`;
}
