import { lessTrusted } from '../lattice.ts';
import type { FlowLookups } from './flowLookups.ts';
import { foreignValue, scalar, type Value } from './value.ts';

/** Standard relationships that bear the name of the one object they lead to. */
const standardParents: ReadonlySet<string> = new Set([
  'Account',
  'Asset',
  'Campaign',
  'Case',
  'Contact',
  'Contract',
  'Lead',
  'Opportunity',
  'Order',
  'Quote',
]);

/** What a way into a record or a result leads to: a field, or a record or list that belongs to it. */
export function memberOf(value: Value, member: string, lookups: FlowLookups): Value {
  const path = member.toLowerCase();
  const exact = value.fields.get(path);
  if (exact) {
    const { chosenBy, constant } = exact;
    return { ...scalar(chosenBy), ...(constant !== undefined && { constant }) };
  }
  // Whoever chose the record chose its Id; what else it holds, the data adds.
  let chosenBy = path === 'id' ? value.chosenBy : lessTrusted('derived', value.chosenBy);
  for (const [key, field] of value.fields) {
    if (key.startsWith(`${path}.`) || path.startsWith(`${key}.`)) chosenBy = lessTrusted(chosenBy, field.chosenBy);
  }
  const parent = parentOf(value.object, member, lookups);
  if (parent !== undefined) return { ...foreignValue(chosenBy, parent, false), content: 'stored' };
  // It may be a list of an object that the flow does not name.
  return foreignValue(chosenBy, '*', true);
}

function parentOf(object: string | undefined, member: string, lookups: FlowLookups): string | undefined {
  if (object === undefined) return undefined;
  if (!/__r$/i.test(member)) return standardParents.has(member) ? member : undefined;
  const targets = lookups.referencesTo(object, member.replace(/__r$/i, '__c'));
  return targets.length === 1 ? targets[0] : undefined;
}
