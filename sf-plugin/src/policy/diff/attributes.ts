import {
  extentContains,
  gateSchema,
  identitySchema,
  reversibilitySchema,
  type AttributeChange,
} from '@agent-readiness/protocol';
import type { Scope } from '../scope.ts';

/** What differs between two scopes of one operation and object, and in which direction. */
export function attributeChanges(before: Scope, after: Scope): AttributeChange[] {
  const changes: AttributeChange[] = [];
  const note = (attribute: AttributeChange['attribute'], from: string, to: string, wider: boolean): void => {
    if (from !== to) changes.push({ attribute, from, to, wider });
  };
  note('fields', before.fields.join(', '), after.fields.join(', '), !holdsFields(before, after));
  note('extent', extentText(before), extentText(after), !extentContains(before, after));
  note('identity', before.identity, after.identity, rises(identitySchema.options, before.identity, after.identity));
  note('gate', before.gate, after.gate, rises(gateSchema.options, after.gate, before.gate));
  note(
    'reversibility',
    before.reversibility,
    after.reversibility,
    rises(reversibilitySchema.options, before.reversibility, after.reversibility),
  );
  return changes;
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
