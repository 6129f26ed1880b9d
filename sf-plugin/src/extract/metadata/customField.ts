import type { Place } from '@agent-readiness/protocol';
import { child, children, textOf, type Element } from '../xml/xml.ts';
import { apiNameOf, parseRoot, requiredText } from './metadataFile.ts';

/** What a deletion of the parent does to the record that holds a lookup. */
export type DeleteConstraint = 'Cascade' | 'Restrict' | 'SetNull';

export interface FieldFacts {
  readonly object: string;
  readonly name: string;
  readonly place: Place;
  /** As the metadata spells it: `MasterDetail`, `Lookup`, `Summary`, …; empty for a standard field. */
  readonly type: string;
  readonly referenceTo: readonly string[];
  readonly deleteConstraint: DeleteConstraint | undefined;
  /** Its value is worked out by a formula or a roll-up; no write sets it, and any write may change it. */
  readonly isCalculated: boolean;
  /** For a roll-up: the lookup on the child, as `Child__c.Parent__c`. */
  readonly summarizes: string | undefined;
  /** `Public`, `Internal`, `Confidential`, `Restricted`, `MissionCritical` or a value of the org's own. */
  readonly securityClassification: string | undefined;
  /** `PII`, `HIPAA`, `GDPR`, … */
  readonly complianceGroups: readonly string[];
}

/**
 * A field of a decomposed object; the object is the folder above `fields/`.
 *
 * @throws UnreadableError when the file is not a field
 */
export function parseCustomField(file: string, text: string): FieldFacts {
  const root = parseRoot(file, text, 'CustomField');
  const folders = file.split('/').slice(0, -1);
  const object = folders.at(-1) === 'fields' ? folders.at(-2) : folders.at(-1);
  return toField(root, object ?? '', textOf(root, 'fullName') ?? apiNameOf(file));
}

/** The `<fields>` of an object in one file. */
export function fieldsOf(root: Element, object: string): FieldFacts[] {
  return children(root, 'fields').map((field) => toField(field, object, requiredText(field, 'fullName')));
}

function toField(element: Element, object: string, name: string): FieldFacts {
  return {
    object,
    name,
    place: element.place,
    type: textOf(element, 'type') ?? '',
    referenceTo: children(element, 'referenceTo').flatMap(({ text }) => text || []),
    deleteConstraint: deleteConstraintOf(element),
    isCalculated: child(element, 'formula') !== undefined || textOf(element, 'type') === 'Summary',
    summarizes: textOf(element, 'summaryForeignKey'),
    securityClassification: textOf(element, 'securityClassification'),
    complianceGroups: (textOf(element, 'complianceGroup') ?? '').split(';').flatMap((group) => {
      const name = group.trim();
      return name === '' || name === 'None' ? [] : name;
    }),
  };
}

function deleteConstraintOf(element: Element): DeleteConstraint | undefined {
  const text = textOf(element, 'deleteConstraint');
  switch (text) {
    case undefined:
    case 'Cascade':
    case 'Restrict':
    case 'SetNull':
      return text;
    default:
      // An unknown constraint may delete the child, which is the worst it can do.
      return 'Cascade';
  }
}
