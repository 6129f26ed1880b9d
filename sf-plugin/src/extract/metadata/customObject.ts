import type { Place } from '@agent-readiness/protocol';
import { textOf } from '../xml/xml.ts';
import { fieldsOf, type FieldFacts } from './customField.ts';
import { apiNameOf, parseRoot } from './metadataFile.ts';

export interface ObjectFacts {
  readonly name: string;
  readonly place: Place;
  /** E.g. `Private`, `ReadWrite`, `ControlledByParent`; `undefined` where the file does not say. */
  readonly sharingModel: string | undefined;
  /** The fields inside this file; those of a decomposed object have files of their own. */
  readonly fields: readonly FieldFacts[];
}

/**
 * An object, decomposed (`objects/X/X.object-meta.xml`) or in one file (`objects/X.object`).
 *
 * @throws UnreadableError when the file is not an object, or a field has no name
 */
export function parseCustomObject(file: string, text: string): ObjectFacts {
  const root = parseRoot(file, text, 'CustomObject');
  const name = apiNameOf(file);
  return { name, place: root.place, sharingModel: textOf(root, 'sharingModel'), fields: fieldsOf(root, name) };
}
