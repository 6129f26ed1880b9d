import type { Expression } from '../../../extract/agentScript/ast.ts';
import { partsOf } from '../trust/expressions.ts';
import { leastTrusted, type CallSite, type Origin, type Sources } from '../trust/sources.ts';

/** Filled by the channel, before the model has a say. */
const sessionNamespaces: ReadonlySet<string> = new Set(['MessagingSession', 'MessagingEndUser', 'VoiceCall']);
const sessionVariables: ReadonlySet<string> = new Set(['current_modality', 'current_connection']);

/**
 * Collects the sources of an expression; what of it could not be read has none. What the user said
 * counts as chosen by the model, and so does every namespace that is not known.
 *
 * @param call whose outputs the expression can name; `undefined` where it can name none
 */
export function sourcesOf(expression: Expression, call: CallSite | undefined): Sources {
  const kinds = new Set<Sources['chosenBy']>();
  const origins = new Set<Origin>();
  for (const part of innermost(expression)) {
    const reference = qualifiedName(part);
    if (reference?.namespace === 'variables') origins.add(reference.name);
    else if (reference?.namespace === 'outputs' && call) origins.add(call);
    else if (reference) kinds.add(namespaceChosenBy(reference.namespace, reference.name));
    else if (part.kind === 'ellipsis' || part.kind === 'namespace') kinds.add('model');
    else if (part.kind === 'name') origins.add(part.name);
  }
  return { chosenBy: leastTrusted([...kinds]), origins: [...origins] };
}

/** Whether all of an expression could be read. */
export function isUnderstood(expression: Expression): boolean {
  return innermost(expression).every(({ kind }) => kind !== 'invalid');
}

/** The references and values that an expression consists of. Not recursive: a chain of operators is a deep tree. */
function innermost(expression: Expression): readonly Expression[] {
  const found: Expression[] = [];
  const pending = [expression];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const parts = qualifiedName(next) ? [] : partsOf(next);
    if (parts.length === 0) found.push(next);
    for (const part of parts) pending.push(part);
  }
  return found;
}

function namespaceChosenBy(namespace: string, name: string): Sources['chosenBy'] {
  if (sessionNamespaces.has(namespace)) return 'linked';
  if (namespace === 'system_variables' && sessionVariables.has(name)) return 'linked';
  return namespace === 'knowledge' ? 'derived' : 'model';
}

/** `@namespace.name` or `@namespace["name"]`. */
function qualifiedName(expression: Expression): { namespace: string; name: string } | undefined {
  if (expression.kind !== 'member' && expression.kind !== 'subscript') return undefined;
  if (expression.object.kind !== 'namespace') return undefined;
  const namespace = expression.object.name;
  if (expression.kind === 'member') return { namespace, name: expression.name };
  return expression.index.kind === 'string' ? { namespace, name: expression.index.value } : undefined;
}
