import type { ChosenBy } from '@agent-readiness/protocol';
import type { Expression } from '../../../extract/agentScript/ast.ts';

/** Where the value of an expression comes from. */
export interface Sources {
  /** Who chooses what is in it besides variables; `derived` where nobody does. */
  readonly chosenBy: Exclude<ChosenBy, 'constant'>;
  readonly variables: readonly string[];
  /** False when a part of it could not be read. */
  readonly understood: boolean;
}

/** Filled by the channel, before the model has a say. */
const sessionNamespaces: ReadonlySet<string> = new Set(['MessagingSession', 'MessagingEndUser', 'VoiceCall']);
const sessionVariables: ReadonlySet<string> = new Set(['current_modality', 'current_connection']);

/**
 * Collects the sources of an expression. Outputs of actions count as chosen by the model, because it
 * chose what went in; so does what the user said, and every namespace that is not known.
 */
export function sourcesOf(expression: Expression): Sources {
  const kinds = new Set<Sources['chosenBy']>();
  const variables: string[] = [];
  let understood = true;
  // Not recursive: a long chain of operators is a deep tree.
  const pending = [expression];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const reference = qualifiedName(next);
    if (reference?.namespace === 'variables') variables.push(reference.name);
    else if (reference) kinds.add(namespaceChosenBy(reference.namespace, reference.name));
    else if (next.kind === 'ellipsis' || next.kind === 'namespace') kinds.add('model');
    else if (next.kind === 'name') variables.push(next.name);
    else if (next.kind === 'invalid') understood = false;
    else for (const part of partsOf(next)) pending.push(part);
  }
  const chosenBy = kinds.has('model') ? 'model' : kinds.has('linked') ? 'linked' : 'derived';
  return { chosenBy, variables, understood };
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

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'member':
      return [expression.object];
    case 'subscript':
      return [expression.object, expression.index];
    case 'call':
      // The name of a function is no source; anything else that is called is.
      return expression.callee.kind === 'name' ? expression.args : [expression.callee, ...expression.args];
    case 'unary':
    case 'spread':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'ternary':
      return [expression.condition, expression.consequence, expression.alternative];
    case 'list':
      return expression.items;
    case 'dictionary':
      return expression.pairs.map(({ value }) => value);
    default:
      return [];
  }
}
