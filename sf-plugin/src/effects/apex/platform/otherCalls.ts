import type { Operation } from '@agent-readiness/protocol';
import type { Call, Callable } from '../../model.ts';
import { contextOf } from '../context.ts';
import { recordWrite } from '../dml.ts';
import { place, recordEffect, recordUnknown, repeats } from '../frame.ts';
import { chooserOfAll } from '../inlining.ts';

import { chooserOf, inertValue, plain, sizeOf, type Value } from '../value.ts';
import { keyOf, type PlatformCall } from './platformCall.ts';

/** An effect of the platform that does not depend on the types of its arguments. */
function simple(
  call: PlatformCall,
  operation: Operation,
  object: string,
  certainty: 'proven' | 'possible' = 'proven',
): Value {
  const { frame, at, args, className, name, target } = call;
  const [first] = args;
  recordEffect(frame, at, {
    operation,
    object,
    label: `${className}.${name}`,
    chosenBy: chooserOfAll(target ? [target, ...args] : args),
    size: first && operation === 'send-message' ? sizeOf(first) : repeats(frame, frame.loops.length),
    certainty,
  });
  return inertValue('derived');
}

/** Mail, notifications and platform events. */
export function messageCall(call: PlatformCall): Value | undefined {
  const [first] = call.args;
  switch (keyOf(call)) {
    case 'messaging.sendemail':
    case 'messaging.sendemailmessage':
    case 'messaging.renderandsendemail':
      return simple(call, 'send-message', 'email');
    case 'messaging.customnotification.send':
      return simple(call, 'send-message', 'notification');
    case 'messaging.pushnotification.send':
      return simple(call, 'send-message', 'push');
    case 'eventbus.publish':
      if (first) publish(call, first);
      return inertValue('derived');
    default:
      return rememberContent(call);
  }
}

/** Mail and notifications carry what was set on them. */
function rememberContent({ target, name, args, className }: PlatformCall): Value | undefined {
  if (!target?.heap || !className.toLowerCase().startsWith('messaging.') || !/^set/i.test(name)) return undefined;
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

export function approvalCall(call: PlatformCall): Value | undefined {
  switch (keyOf(call)) {
    case 'approval.process':
      return simple(call, 'create', 'ProcessInstance');
    case 'approval.lock':
    case 'approval.unlock':
      return simple(call, 'update', '*', 'possible');
    default:
      return undefined;
  }
}

/** Users and what they may do. */
const grants: Readonly<Record<string, string>> = {
  'system.setpassword': 'User',
  'system.resetpassword': 'User',
  setpassword: 'User',
  'site.createexternaluser': 'User',
  'site.createportaluser': 'User',
  'site.createpersonaccountportaluser': 'User',
  'site.setportaluserasauthprovider': 'User',
  'system.usermanagement.registerverificationmethod': 'User',
  'usermanagement.updateverificationmethod': 'User',
  'usermanagement.registerverificationmethod': 'User',
  'usermanagement.deregisterverificationmethod': 'User',
  'featuremanagement.changeprotection': 'CustomPermission',
};

/** Changes of jobs, settings and metadata that no DML statement makes. */
const changes: Readonly<Record<string, readonly [Operation, string]>> = {
  'system.abortjob': ['update', 'AsyncApexJob'],
  'system.purgeoldasyncjobs': ['delete', 'AsyncApexJob'],
  'featuremanagement.setpackagebooleanvalue': ['update', 'FeatureParameterBoolean'],
  'featuremanagement.setpackagedatevalue': ['update', 'FeatureParameterDate'],
  'featuremanagement.setpackageintegervalue': ['update', 'FeatureParameterInteger'],
  'metadata.operations.enqueuedeployment': ['grant', 'CustomMetadata'],
  'kbmanagement.publishingservice.publisharticle': ['update', 'KnowledgeArticleVersion'],
  'kbmanagement.publishingservice.archiveonlinearticle': ['update', 'KnowledgeArticleVersion'],
  'kbmanagement.publishingservice.deletearchivedarticle': ['delete', 'KnowledgeArticleVersion'],
  'kbmanagement.publishingservice.deletedraftarticle': ['delete', 'KnowledgeArticleVersion'],
  'quickaction.performquickaction': ['update', '*'],
  'quickaction.performquickactions': ['update', '*'],
};

export function userCall(call: PlatformCall): Value | undefined {
  const key = keyOf(call);
  const granted = grants[key];
  if (granted !== undefined) return simple(call, 'grant', granted);
  const change = changes[key];
  return change && simple(call, change[0], change[1], change[1] === '*' ? 'possible' : 'proven');
}

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
    return /^create/i.test(call.name) ? simple(call, 'call-model', '*') : undefined;
  if (!className.startsWith('connectapi.')) return undefined;
  const verb = verbs.find(([pattern]) => pattern.test(call.name));
  if (verb && verb[1] === undefined) return inertValue(chooserOfAll(call.args));
  const object = call.className;
  return simple(call, verb?.[1] ?? 'unknown', verb?.[1] === 'send-message' ? 'chatter' : object, 'possible');
}

/** Flows started from Apex: by a class of their own or by a name. */
export function flowCall(call: PlatformCall): Value | undefined {
  const { args, target, frame, className } = call;
  const key = keyOf(call);
  if (key === 'flow.interview.createinterview') {
    const name = args.length > 2 ? args[1] : args[0];
    return {
      ...plain('Flow.Interview', chooserOfAll(args), frame.loops.length),
      ...(typeof name?.constant === 'string' && { constant: name.constant }),
    };
  }
  if (!target || !className.toLowerCase().startsWith('flow.interview') || call.name.toLowerCase() !== 'start')
    return undefined;
  const name = typeof target.constant === 'string' ? target.constant : className.split('.')[2];
  if (name === undefined) recordUnknown(frame, call.at, 'Flow', 'starts a flow decided at run time');
  else begin(call, { kind: 'flow', name }, `starts flow ${name}`);
  return inertValue(chooserOfAll([target]));
}

/** Invocable actions started from Apex. */
export function invocableCall(call: PlatformCall): Value | undefined {
  const { args, target, frame, className } = call;
  const [type, name] = args.map(({ constant }) => (typeof constant === 'string' ? constant : undefined));
  switch (keyOf(call)) {
    case 'invocable.action.createstandardaction':
      return { ...plain('Invocable.Action', 'derived'), ...(type !== undefined && { constant: `standard:${type}` }) };
    case 'invocable.action.createcustomaction': {
      const last = args.at(-1)?.constant;
      const isKnown = type !== undefined && (args.length > 2 ? typeof last === 'string' : name !== undefined);
      return { ...plain('Invocable.Action', 'derived'), ...(isKnown && { constant: `${type}:${String(last)}` }) };
    }
    case 'invocable.action.setinvocationparameter':
      target?.heap?.setField(type ?? '*', args[1] ?? inertValue('derived'));
      return target;
    case 'invocable.action.invoke':
      break;
    default:
      return undefined;
  }
  const callable = typeof target?.constant === 'string' ? callableOf(target.constant) : undefined;
  if (callable) begin(call, callable, `invokes ${className === '' ? '' : callable.kind} ${callable.name}`);
  else recordUnknown(frame, call.at, '*', 'invokes an action decided at run time');
  return inertValue('derived');
}

function callableOf(known: string): Callable {
  const [type = '', name = ''] = known.split(':', 2);
  if (type === 'standard') return { kind: 'standard-action', name };
  if (type.toLowerCase() === 'flow') return { kind: 'flow', name };
  if (type.toLowerCase() === 'apex') return { kind: 'apex-class', name, entry: 'invocable' };
  return { kind: 'opaque', type, name };
}

function begin(call: PlatformCall, callee: Callable, label: string): void {
  const { frame, at, args, target } = call;
  const context = contextOf(frame, [], undefined);
  const chosenBy = target ? chooserOf(target) : chooserOfAll(args);
  const started: Call = {
    callee,
    context: { ...context, otherInputs: chosenBy === 'constant' ? 'derived' : chosenBy },
    cause: 'call',
    certainty: 'proven',
    place: place(frame, at),
    label,
  };
  frame.sink.call(started);
}
