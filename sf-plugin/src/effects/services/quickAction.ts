import type { Operation } from '@agent-readiness/protocol';
import type { QuickActionFacts } from '../../extract/metadata/quickAction.ts';
import { operationFor } from '../dataOperation.ts';
import type { Call, CallContext, Expansion, LocalEffect } from '../model.ts';
import { reversibilityOf } from '../reversibility.ts';
import { leastTrusted, opaque, withEffects } from '../standard/sourceless.ts';

/** Where a quick action of a sending type sends to. */
const channels: ReadonlyMap<string, string> = new Map([
  ['SendEmail', 'email'],
  ['SendConversationMessage', 'messaging'],
  ['SocialPost', 'social'],
]);

/** Expands a quick action; one that opens a user interface is opaque. */
export function expandQuickAction(action: QuickActionFacts, context: CallContext): Expansion {
  const label = `quick action ${action.name} (${action.type})`;
  if (action.flow !== undefined) {
    const call: Call = {
      callee: { kind: 'flow', name: action.flow },
      context,
      cause: 'call',
      certainty: 'proven',
      place: action.place,
      label,
    };
    return { effects: [], calls: [call], pruned: [] };
  }
  const does = operationOf(action);
  if (!does) return opaque(action.place, `${label} opens a user interface, which is not analysed`);
  const effect = (operation: Operation, object: string, fields: readonly string[]): LocalEffect => ({
    operation,
    object,
    fields,
    extent: 'one',
    identity: context.identity,
    chosenBy: leastTrusted(context),
    reversibility: reversibilityOf(operation),
    certainty: 'proven',
    place: action.place,
    label,
  });
  const effects = [effect(...does, does[0] === 'send-message' ? [] : fieldsOf(action))];
  if (action.createsFeedItem) effects.push(effect('create', 'FeedItem', ['*']));
  return withEffects(...effects);
}

function operationOf({ type, targetObject = '*' }: QuickActionFacts): readonly [Operation, string] | undefined {
  const channel = channels.get(type);
  if (channel !== undefined) return ['send-message', channel];
  switch (type) {
    case 'Create':
      return [operationFor(targetObject, 'create'), targetObject];
    case 'Update':
      return [operationFor(targetObject, 'update'), targetObject];
    case 'LogACall':
      return ['create', 'Task'];
    case 'Post':
      return ['create', 'FeedItem'];
    default:
      return undefined;
  }
}

/** Without a layout and presets the action writes what the caller gives it. */
function fieldsOf({ fields }: QuickActionFacts): readonly string[] {
  return fields.length > 0 ? fields : ['*'];
}
