import {
  chosenBySchema,
  extentContains,
  gateSchema,
  identitySchema,
  reversibilitySchema,
  type AttributeChange,
  type ChosenBy,
} from '@agent-readiness/protocol';
import type { Scope } from '../scope.ts';

/** A scope, and who chooses the record and the values where that is known. */
export type ChosenScope = Scope & { readonly chosenBy?: ChosenBy | undefined };

/** What differs between two scopes of one operation and object, and in which direction. */
export function attributeChanges(before: ChosenScope, after: ChosenScope): AttributeChange[] {
  const changes: AttributeChange[] = [];
  const note = (attribute: AttributeChange['attribute'], from: string, to: string, wider: boolean): void => {
    if (from !== to) changes.push({ attribute, from, to, wider });
  };
  note('fields', before.fields.join(', '), after.fields.join(', '), !holdsFields(before, after));
  note('extent', extentText(before), extentText(after), !extentContains(before, after));
  note('identity', before.identity, after.identity, rises(identitySchema.options, before.identity, after.identity));
  if (before.chosenBy !== undefined && after.chosenBy !== undefined) {
    note('chosenBy', before.chosenBy, after.chosenBy, !choosesWithin(before, after));
  }
  note('gate', before.gate, after.gate, rises(gateSchema.options, after.gate, before.gate));
  note(
    'reversibility',
    before.reversibility,
    after.reversibility,
    rises(reversibilitySchema.options, before.reversibility, after.reversibility),
  );
  return changes;
}

/** Whether nobody chooses now who is trusted less; where a side does not say, nothing can be said of it. */
export function choosesWithin(before: Pick<ChosenScope, 'chosenBy'>, after: Pick<ChosenScope, 'chosenBy'>): boolean {
  if (before.chosenBy === undefined || after.chosenBy === undefined) return true;
  return !rises(chosenBySchema.options, before.chosenBy, after.chosenBy);
}

function holdsFields({ fields: outer }: Scope, { fields: inner }: Scope): boolean {
  return outer.includes('*') || inner.every((field) => outer.includes(field));
}

function extentText({ extent, extentLimit }: Scope): string {
  return extentLimit === undefined ? extent : `${extent} ${extentLimit}`;
}

function rises<T>(order: readonly T[], before: T, after: T): boolean {
  return order.indexOf(after) > order.indexOf(before);
}
