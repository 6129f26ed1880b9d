import type { Operation } from '@agent-readiness/protocol';
import type { QuickActionFacts } from '../../extract/metadata/quickAction.ts';
import type { CallContext, Expansion, LocalEffect } from '../model.ts';
import { reversibilityOf } from '../reversibility.ts';
import { leastTrusted, opaque } from '../standard/sourceless.ts';

/** What each type does to which object; `undefined` stands for the target object of the action. */
const byType: Readonly<Record<string, readonly [Operation, object?: string]>> = {
  Create: ['create'],
  Update: ['update'],
  LogACall: ['create', 'Task'],
  Post: ['create', 'FeedItem'],
  SendEmail: ['send-message', 'email'],
  SocialPost: ['send-message', 'social'],
  SendConversationMessage: ['send-message', 'messaging'],
};

/** Expands a quick action; one that opens a user interface is opaque. */
export function expandQuickAction(action: QuickActionFacts, context: CallContext): Expansion {
  const label = `quick action ${action.name} (${action.type})`;
  if (action.type === 'Flow' && action.flow !== undefined) {
    return {
      effects: [],
      calls: [
        {
          callee: { kind: 'flow', name: action.flow },
          context: { ...context, isEntry: false },
          cause: 'call',
          certainty: 'proven',
          place: action.place,
          label,
        },
      ],
      pruned: [],
    };
  }
  const known = byType[action.type];
  if (!known) return opaque(action.place, `${label} opens a user interface, which is not analysed`);
  const [operation, object = action.targetObject ?? '*'] = known;
  const effect = (done: Operation, to: string, fields: readonly string[]): LocalEffect => ({
    operation: done,
    object: to,
    fields,
    extent: 'one',
    identity: context.identity,
    chosenBy: leastTrusted(context),
    reversibility: reversibilityOf(done),
    certainty: 'proven',
    place: action.place,
    label,
  });
  const fields = action.fields.length > 0 ? action.fields : ['*'];
  const effects = [effect(operation, object, operation === 'send-message' ? [] : fields)];
  if (action.createsFeedItem) effects.push(effect('create', 'FeedItem', ['*']));
  return { effects, calls: [], pruned: [] };
}
