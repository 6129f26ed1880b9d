import type { Manner } from '../../model.ts';
import { recordEffect, repeats } from '../frame.ts';
import { chooserOfAll } from '../inlining.ts';
import { inert } from '../typeNames.ts';
import type { Value } from '../value.ts';
import { inertValue } from '../values.ts';
import { keyOf, type PlatformCall } from './platformCall.ts';
import { fold } from '../fold.ts';

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Requests to the outside. What was set on the request is remembered on it until it is sent. */
export function calloutCall(call: PlatformCall): Value | undefined {
  const { frame, at, args, target, className } = call;
  const [first] = args;
  switch (keyOf(call)) {
    case 'httprequest.setendpoint':
    case 'httprequest.setmethod':
    case 'httprequest.settimeout':
      if (first) target?.heap?.setField(call.name.slice('set'.length), first);
      return inertValue('derived');
    case 'httprequest.setbody':
    case 'httprequest.setheader':
      for (const arg of args) target?.heap?.setField('content', arg);
      return inertValue('derived');
    case 'http.send':
      if (first) recordRequest(call, first);
      return inertValue('derived');
    case 'webservicecallout.invoke':
      recordCallout(call, '*', 'WebServiceCallout.invoke', false);
      return inertValue('derived');
    case 'auth.authtoken.refreshaccesstoken':
    case 'auth.jwtbearertokenexchange.getaccesstoken':
    case 'functions.function.invoke':
      recordCallout(call, '*', `${className}.${call.name}`, false);
      return inertValue('derived');
  }
  if (isPageRendering(call)) {
    recordCallout(call, 'Visualforce', `${call.name} of a page`, false);
    return inertValue('derived');
  }
  if (!fold(className).startsWith('externalservice.') || !target) return undefined;
  recordEffect(frame, at, {
    operation: 'callout',
    object: className.slice('externalservice.'.length),
    label: `${className}.${call.name}`,
    chosenBy: chooserOfAll(args),
    size: repeats(frame, frame.loops.length),
  });
  return inertValue('derived');
}

/** A page is fetched by a request, which runs the code behind the page. */
function isPageRendering({ target, name, args, className }: PlatformCall): boolean {
  const isPage = /^page\.|(?:^|\.)pagereference$/i.test(className) || (target !== undefined && className === inert);
  return isPage && args.length === 0 && /^getcontent(?:aspdf)?$/i.test(name);
}

function recordRequest(call: PlatformCall, request: Value): void {
  const endpoint = request.heap?.fields.get('endpoint')?.value;
  const method = request.heap?.fields.get('method')?.value.constant;
  const verb = typeof method === 'string' ? method.toUpperCase() : undefined;
  const object = endpointOf(typeof endpoint?.constant === 'string' ? endpoint.constant : endpoint?.prefix);
  const label = `${verb ?? 'HTTP request'} to ${object === '*' ? 'an address decided at run time' : object}`;
  recordCallout(call, object, label, verb !== undefined && reading.has(verb), mannerOf(request));
}

/** Of an `HttpRequest` whose timeout nobody sets. */
const defaultTimeoutMs = 10_000;

/** How long a request waits, where all that was set on it was seen. */
function mannerOf({ heap }: Value): Manner {
  const timeout = heap?.fields.get('timeout')?.value;
  if (typeof timeout?.constant === 'number') return { timeoutMs: timeout.constant };
  if (timeout || heap?.content !== 'own') return {};
  return { timeoutMs: defaultTimeoutMs, hasDefaultTimeout: true };
}

function recordCallout(
  { frame, at, args }: PlatformCall,
  object: string,
  label: string,
  isRead: boolean,
  manner: Manner = {},
): void {
  recordEffect(frame, at, {
    operation: 'callout',
    object,
    label,
    chosenBy: chooserOfAll(args),
    size: repeats(frame, frame.loops.length),
    certainty: object === '*' ? 'possible' : 'proven',
    form: isRead ? 'read-only' : undefined,
    manner,
  });
}

const named = /^callout:(\w+)/i;
const host = /^https?:\/\/([\w.-]+)(?=[/:?]|$)/i;

/** The named credential or the host of an address whose beginning is known. */
function endpointOf(address: string | undefined): string {
  return named.exec(address ?? '')?.[1] ?? host.exec(address ?? '')?.[1] ?? '*';
}
