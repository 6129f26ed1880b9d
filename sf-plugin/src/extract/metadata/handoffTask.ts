import type { Place } from '@agent-readiness/protocol';
import { grantSchema, type Grant } from '@agent-readiness/protocol/handoff';
import { z } from 'zod';
import { UnreadableError } from '../unreadable.ts';
import { child, children, textOf, type Element } from '../xml/xml.ts';
import { apiNameOf, parseRoot } from './metadataFile.ts';

/** A task that agents hand to the bridge: a record of `Handoff_Task__mdt`. */
export interface HandoffTaskFacts {
  /** Its `DeveloperName`, by which Apex asks for it. */
  readonly name: string;
  /** Of what it grants. */
  readonly place: Place;
  readonly isActive: boolean;
  /** The one action by which it is handed off, as an offer names it; names are empty where the record has none. */
  readonly by: { readonly agent: string; readonly topic: string; readonly action: string; readonly place: Place };
  /** What an offer of this task lets the bridge do. */
  readonly grants: readonly Grant[];
}

/** What the files of its records are named with: `Handoff_Task.Case_Summary.md-meta.xml`. */
export const handoffTaskPrefix = 'Handoff_Task.';

/** @throws UnreadableError when the file is not custom metadata, sets a field twice, or its grants are not those of the protocol */
export function parseHandoffTask(file: string, text: string): HandoffTaskFacts {
  const root = parseRoot(file, text, 'CustomMetadata');
  const granted = valueOf(root, 'Authorization_Details__c');
  const action = valueOf(root, 'Action__c');
  return {
    name: apiNameOf(file).slice(handoffTaskPrefix.length),
    place: (granted ?? root).place,
    isActive: valueOf(root, 'Is_Active__c')?.text.toLowerCase() === 'true',
    by: {
      agent: valueOf(root, 'Agent__c')?.text ?? '',
      topic: valueOf(root, 'Topic__c')?.text ?? '',
      action: action?.text ?? '',
      place: (action ?? root).place,
    },
    grants: granted === undefined || granted.text === '' ? [] : parseGrants(granted),
  };
}

function valueOf(root: Element, field: string): Element | undefined {
  const [values, second] = children(root, 'values').filter((each) => textOf(each, 'field') === field);
  // Which of two an org takes is not for a reader to guess.
  if (second !== undefined) throw new UnreadableError(second.place, `${field} is set a second time`);
  return values && child(values, 'value');
}

function parseGrants({ text, place }: Element): readonly Grant[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UnreadableError(place, 'the grants are not JSON');
  }
  const grants = z.array(grantSchema).safeParse(json);
  if (grants.success) return grants.data;
  const [issue] = grants.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  throw new UnreadableError(place, `not a list of grants${path === '' ? '' : `: ${path} is wrong`}`);
}
