import { administrationCall } from './platform/administrationCalls.ts';
import { asyncCall } from './platform/asyncCalls.ts';
import { callbackCall } from './platform/callbackCalls.ts';
import { connectCall } from './platform/connectCalls.ts';
import { flowCall, invocableCall, promptCall } from './platform/startCalls.ts';
import { messageCall } from './platform/messageCalls.ts';
import { calloutCall } from './platform/calloutCalls.ts';
import { databaseCall } from './platform/databaseCalls.ts';
import { dynamicCall, dynamicInstanceCall } from './platform/dynamicCalls.ts';
import type { PlatformCall } from './platform/platformCall.ts';
import { recordCall } from './platform/recordCalls.ts';
import { textCall, textTestCall } from './platform/textCalls.ts';
import type { Value } from './value.ts';

export type { PlatformCall } from './platform/platformCall.ts';

type Handler = (call: PlatformCall) => Value | undefined;

const staticHandlers: readonly Handler[] = [
  callbackCall,
  textTestCall,
  databaseCall,
  asyncCall,
  messageCall,
  calloutCall,
  flowCall,
  invocableCall,
  promptCall,
  connectCall,
  administrationCall,
  dynamicCall,
];

const instanceHandlers: readonly Handler[] = [
  callbackCall,
  textCall,
  calloutCall,
  messageCall,
  flowCall,
  invocableCall,
  dynamicInstanceCall,
  recordCall,
];

/** A static method of the platform that has an effect or a result worth knowing; `undefined` for all others. */
export function platformStaticCall(call: PlatformCall): Value | undefined {
  return firstOf(staticHandlers, call);
}

/** The same for a method of an object. */
export function platformInstanceCall(call: PlatformCall): Value | undefined {
  return firstOf(instanceHandlers, call);
}

function firstOf(handlers: readonly Handler[], call: PlatformCall): Value | undefined {
  for (const handler of handlers) {
    const value = handler(call);
    if (value) return value;
  }
  return undefined;
}
