import type { Operation } from '@agent-readiness/protocol';
import { place } from '../frame.ts';
import { chooserOfAll } from '../inlining.ts';
import type { Value } from '../value.ts';
import { inertValue } from '../values.ts';
import { fold } from '../fold.ts';
import { keyOf, recordSimple, type PlatformCall } from './platformCall.ts';

/** Methods that write records of one object: what the object is their names do not always say. */
const records: Readonly<Record<string, readonly [Operation, string]>> = {
  'connectapi.chattergroups.addmember': ['create', 'CollaborationGroupMember'],
  'connectapi.chattergroups.deletemember': ['delete', 'CollaborationGroupMember'],
  'connectapi.commercecart.additemtocart': ['create', 'CartItem'],
  'connectapi.commercecart.additemstocart': ['create', 'CartItem'],
  'connectapi.commercecart.createcart': ['create', 'WebCart'],
  'connectapi.commercecart.deletecart': ['delete', 'WebCart'],
  'connectapi.commercecart.deletecartitem': ['delete', 'CartItem'],
  'connectapi.commercecart.updatecartitem': ['update', 'CartItem'],
  'connectapi.fulfillmentorder.createfulfillmentorders': ['create', 'FulfillmentOrder'],
  'connectapi.fulfillmentorder.createinvoice': ['create', 'Invoice'],
  'connectapi.lightningscheduler.createserviceappointment': ['create', 'ServiceAppointment'],
  'connectapi.lightningscheduler.updateserviceappointment': ['update', 'ServiceAppointment'],
  'connectapi.ordersummarycreation.createordersummary': ['create', 'OrderSummary'],
  'connectapi.payments.authorize': ['create', 'PaymentAuthorization'],
  'connectapi.payments.capture': ['create', 'Payment'],
  'connectapi.payments.postauth': ['create', 'PaymentAuthorization'],
  'connectapi.payments.refund': ['create', 'Refund'],
  'connectapi.payments.reverseauthorization': ['create', 'PaymentAuthAdjustment'],
  'connectapi.payments.sale': ['create', 'Payment'],
};

const verbs: readonly (readonly [RegExp, Operation | undefined])[] = [
  [/^(?:get|search|is|are|find|preview|count|query|list)/i, undefined],
  [/^generate/i, 'call-model'],
  [/^(?:post|send|reply)/i, 'send-message'],
  [/^(?:create|add|like|follow|insert|upload|join|vote)/i, 'create'],
  [/^(?:delete|remove|unlike|unfollow)/i, 'delete'],
  [/^(?:update|set|mark|edit|replace|move|share|bookmark)/i, 'update'],
];

/** Connect in Apex: what a method does is told by its verb alone, unless the table knows it. */
export function connectCall(call: PlatformCall): Value | undefined {
  const className = fold(call.className);
  if (className.startsWith('aiplatform.'))
    return /^create/i.test(call.name) ? recordSimple(call, 'call-model', '*') : undefined;
  if (!className.startsWith('connectapi.')) return undefined;
  const known = records[keyOf(call)];
  if (known) return recordSimple(call, known[0], known[1]);
  const verb = verbs.find(([pattern]) => pattern.test(call.name));
  if (verb && verb[1] === undefined) return inertValue(chooserOfAll(call.args));
  if (verb?.[1] === 'send-message' && className === 'connectapi.chatterfeeds') startAutomationOfPost(call);
  const object = call.className;
  return recordSimple(call, verb?.[1] ?? 'unknown', verb?.[1] === 'send-message' ? 'chatter' : object, 'possible');
}

/** What is posted to a feed is a record as well, and starts what waits for such records. */
function startAutomationOfPost({ frame, at, args, className, name }: PlatformCall): void {
  const object = /comment/i.test(name) ? 'FeedComment' : 'FeedItem';
  frame.sink.call({ kind: 'record-event', name: object, event: 'create', many: true, fields: [] }, () => ({
    context: { identity: 'system', isEntry: false, inputs: {}, otherInputs: chooserOfAll(args) },
    cause: 'automation',
    certainty: 'possible',
    place: place(frame, at),
    label: `${className}.${name}`,
  }));
}
