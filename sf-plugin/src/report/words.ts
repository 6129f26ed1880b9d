import type {
  AttributeChange,
  Certainty,
  ChosenBy,
  Effect,
  Gate,
  Identity,
  Operation,
  Reach,
  Reversibility,
} from '@agent-readiness/protocol';
import { dataOperations } from '@agent-readiness/protocol';

/** The protocol's words as every report says them to people: short, and the same everywhere. */

const verbs: Readonly<Record<Operation, string>> = {
  create: 'create',
  update: 'update',
  upsert: 'upsert',
  delete: 'delete',
  undelete: 'undelete',
  merge: 'merge',
  convert: 'convert',
  'send-message': 'send',
  callout: 'call out to',
  'publish-event': 'publish',
  enqueue: 'start job',
  'invoke-agent': 'invoke agent',
  'call-model': 'prompt',
  grant: 'grant through',
  unknown: 'touch',
};

export const gateWords: Readonly<Record<Gate, string>> = {
  none: 'nothing in front',
  'declared-only': 'unenforced confirm',
  'self-grantable': 'model-set guard',
  guarded: 'guarded',
  confirmed: 'user confirms',
  approval: 'second approver',
};

export const identityWords: Readonly<Record<Identity, string>> = {
  user: 'as user',
  'system-with-sharing': 'system+sharing',
  system: 'as system',
};

export const reversibilityWords: Readonly<Record<Reversibility, string>> = {
  reversible: 'reversible',
  recoverable: 'recycle bin',
  irreversible: 'no undo',
};

const reachWords: Readonly<Record<Reach, string>> = {
  direct: '',
  transitive: 'via calls',
  cascade: 'via automation',
};

const certaintyWords: Readonly<Record<Certainty, string>> = {
  proven: '',
  possible: 'possible',
  opaque: 'not in source',
};

const chooserWords: Readonly<Record<ChosenBy, string>> = {
  constant: 'fixed',
  derived: 'derived',
  linked: 'session-bound',
  model: 'model picks',
};

export function extentWords({
  operation,
  extent,
  extentLimit,
}: Pick<Effect, 'operation' | 'extent' | 'extentLimit'>): string {
  switch (extent) {
    case 'one':
      return dataOperations.has(operation) ? 'one record' : 'once';
    case 'bounded':
      return `up to ${extentLimit ?? 0}`;
    case 'children-of-one':
      return 'children of one';
    case 'unbounded':
      return 'any number';
  }
}

/** The object as people name it; `*` says that the type is decided at run time. */
export function objectWords({ operation, object }: Pick<Effect, 'operation' | 'object'>): string {
  if (object !== '*') return object;
  return dataOperations.has(operation) ? 'any object' : 'anything';
}

/** `update Contact (Email, Phone)`; of what was not seen, all that is known is where it starts. */
export function effectWords(
  effect: Pick<Effect, 'operation' | 'object' | 'fields' | 'path'>,
  fieldLimit = shownFields,
): string {
  if (effect.operation === 'unknown') {
    return ['may do anything', ...effect.path.slice(-1).map(({ label }) => label)].join(': ');
  }
  return `${verbs[effect.operation]} ${objectWords(effect)}${fieldWords(effect.fields, fieldLimit)}`;
}

const valueWords: Readonly<Record<string, string>> = {
  ...gateWords,
  ...identityWords,
  ...reversibilityWords,
  ...chooserWords,
  one: 'one record',
  'children-of-one': 'children of one',
  unbounded: 'any number',
};

/** `as user → as system`. */
export function attributeWords({ attribute, from, to }: AttributeChange): string {
  const isFields = attribute === 'fields';
  const words = isFields ? fieldsChanged : (text: string) => valueWords[text] ?? text.replace(/^bounded /, 'up to ');
  return `${isFields ? 'fields ' : ''}${words(from)} → ${words(to)}`;
}

function fieldsChanged(names: string): string {
  return names === '*' ? 'any' : names || 'none';
}

/** What qualifies an effect beside extent, identity, gate and reversibility. */
export function qualifierWords({ chosenBy, reach, certainty, otherPaths }: Effect): string[] {
  const paths = otherPaths === 0 ? '' : `+${count(otherPaths, 'path')}`;
  return [chooserWords[chosenBy], reachWords[reach], certaintyWords[certainty], paths].filter((word) => word !== '');
}

const shownFields = 3;

function fieldWords(fields: readonly string[], limit: number): string {
  if (fields.length === 0) return '';
  if (fields.includes('*')) return ' (any field)';
  return ` (${listWords(fields, limit)})`;
}

/** `a, b, c +2`. */
export function listWords(items: readonly string[], limit: number): string {
  const rest = items.length - limit;
  return `${items.slice(0, limit).join(', ')}${rest > 0 ? ` +${rest}` : ''}`;
}

/** How many files places are in: one file can have several that were not read. */
export function filesOf(places: readonly { readonly file: string }[]): number {
  return new Set(places.map(({ file }) => file)).size;
}

/** `1 file`, `2 files`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
