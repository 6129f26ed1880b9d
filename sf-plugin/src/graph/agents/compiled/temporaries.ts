import type { GraphAssignment } from '../../../extract/agents/graph/graphCall.ts';
import type { Json } from '../../../extract/json/json.ts';
import { literalOf } from './expression.ts';

/** Variables that the compiler makes up. */
const temporary = 'AgentScriptInternal_';
const nextNode = `${temporary}next_topic`;
/** They only steer the conversation. */
const steering: ReadonlySet<string> = new Set([nextNode, `${temporary}agent_instructions`]);

export function isTemporary(variable: string): boolean {
  return variable.startsWith(temporary);
}

export function isSteering(variable: string): boolean {
  return steering.has(variable);
}

/** The node that a condition waits for, where it does nothing else. */
export function steeringTarget(enabled: Json | undefined): string | undefined {
  const text = enabled?.kind === 'scalar' && typeof enabled.value === 'string' ? enabled.value : '';
  const [, variable, target] = /^\s*state\.(\w+)\s*==\s*"(\w+)"\s*$/.exec(text) ?? [];
  return variable === nextNode && target !== '__EMPTY__' ? target : undefined;
}

/** Whether an assignment may name that node as the next one. */
export function steersTo({ name, value }: GraphAssignment, node: string): boolean {
  if (name !== nextNode) return false;
  const literal = literalOf(value);
  return literal === undefined || literal === node;
}
