import { recordWrite } from '../dml.ts';
import type { Value } from '../value.ts';
import { inertValue } from '../values.ts';
import { keyOf, recordSimple, type PlatformCall } from './platformCall.ts';
import { fold } from '../fold.ts';

/** Mail, notifications and platform events. */
export function messageCall(call: PlatformCall): Value | undefined {
  const [first] = call.args;
  switch (keyOf(call)) {
    case 'messaging.sendemail':
    case 'messaging.sendemailmessage':
    case 'messaging.renderandsendemail':
      return recordSimple(call, 'send-message', 'email');
    case 'messaging.customnotification.send':
      return recordSimple(call, 'send-message', 'notification');
    case 'messaging.pushnotification.send':
      return recordSimple(call, 'send-message', 'push');
    case 'eventbus.publish':
      if (first) publish(call, first);
      return inertValue('derived');
    default:
      return rememberContent(call);
  }
}

/** Mail and notifications carry what was set on them. */
function rememberContent({ target, name, args, className }: PlatformCall): Value | undefined {
  if (!target?.heap || !fold(className).startsWith('messaging.') || !/^set/i.test(name)) return undefined;
  for (const arg of args) target.heap.setField(name.slice('set'.length), arg);
  return inertValue('derived');
}

function publish({ frame, at }: PlatformCall, events: Value): void {
  recordWrite(frame, at, {
    operation: 'create',
    records: events,
    chosenBy: 'constant',
    access: undefined,
    verb: 'publish',
  });
}
