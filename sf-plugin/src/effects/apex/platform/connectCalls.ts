import type { Operation } from '@agent-readiness/protocol';
import { chooserOfAll } from '../inlining.ts';
import type { Value } from '../value.ts';
import { inertValue } from '../values.ts';
import { recordSimple, type PlatformCall } from './platformCall.ts';

const verbs: readonly (readonly [RegExp, Operation | undefined])[] = [
  [/^(?:get|search|is|are|find|preview|count|query|list)/i, undefined],
  [/^generate/i, 'call-model'],
  [/^(?:post|send|reply)/i, 'send-message'],
  [/^(?:create|add|like|follow|insert|upload|join|vote)/i, 'create'],
  [/^(?:delete|remove|unlike|unfollow)/i, 'delete'],
  [/^(?:update|set|mark|edit|replace|move|share|bookmark)/i, 'update'],
];

/** Connect in Apex: what a method does is told by its verb alone. */
export function connectCall(call: PlatformCall): Value | undefined {
  const className = call.className.toLowerCase();
  if (className.startsWith('aiplatform.'))
    return /^create/i.test(call.name) ? recordSimple(call, 'call-model', '*') : undefined;
  if (!className.startsWith('connectapi.')) return undefined;
  const verb = verbs.find(([pattern]) => pattern.test(call.name));
  if (verb && verb[1] === undefined) return inertValue(chooserOfAll(call.args));
  const object = call.className;
  return recordSimple(call, verb?.[1] ?? 'unknown', verb?.[1] === 'send-message' ? 'chatter' : object, 'possible');
}
