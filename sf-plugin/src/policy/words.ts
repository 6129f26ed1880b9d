import type { AttributeChange } from '@agent-readiness/protocol';
import { phrase } from '../rules/effectRule.ts';
import type { Scope } from './scope.ts';

/** What an action does, after "can": `delete Contact`, `do what cannot be seen`. */
export function deed(scope: Pick<Scope, 'operation' | 'object'>): string {
  return scope.operation === 'unknown' ? 'do what cannot be seen here' : phrase(scope);
}

/** `: gate confirmed → none, fields Name → Name, Phone`; empty where nothing differs. */
export function differences(changes: readonly AttributeChange[]): string {
  if (changes.length === 0) return '';
  return `: ${changes.map(({ attribute, from, to }) => `${attribute} ${from || 'none'} → ${to || 'none'}`).join(', ')}`;
}
