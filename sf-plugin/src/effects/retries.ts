import type { Place } from '@agent-readiness/protocol';
import type { Expression, Statement } from '../extract/apex/body.ts';
import { placeAt, type Position } from '../extract/apex/position.ts';
import type { ApexMethod, ApexSummary, ApexType } from '../extract/apex/summary.ts';
import type { FlowElement, FlowFacts } from '../extract/flow/flowFacts.ts';
import type { SourceLibrary } from '../extract/library/sourceLibrary.ts';
import type { Reached } from './closure.ts';

/** A stretch of code that is run again after it has failed. */
export interface Retry {
  /** Of the loop, or of the flow element. */
  readonly place: Place;
  /** Where its calls stand. */
  readonly calls: readonly Place[];
}

/**
 * What was reached that tries again: in Apex a loop around a `try` whose handler goes on, unless the loop walks over a
 * collection or the class speaks of an idempotency key; in a flow an element whose fault path leads back to it.
 */
export function retriesIn(reached: readonly Reached[], library: SourceLibrary): Retry[] {
  const flows = new Set<FlowFacts>();
  const classes = new Set<ApexSummary>();
  for (const { callable } of reached) {
    if (callable.kind === 'flow') {
      const flow = library.flow(callable.name);
      if (flow) flows.add(flow);
    } else if (callable.kind === 'apex-class' || callable.kind === 'apex-method') {
      const summary = library.apex.classNamed(callable.name.split('.', 1)[0] ?? callable.name);
      if (summary) classes.add(summary);
    }
  }
  return [...[...flows].flatMap(retriesInFlow), ...[...classes].flatMap(retriesInClass)];
}

function retriesInFlow({ elements }: FlowFacts): Retry[] {
  const byName = new Map(elements.map((element) => [element.name.toLowerCase(), element]));
  const next = (element: FlowElement, role?: string): FlowElement[] =>
    element.connectors
      .filter((connector) => role === undefined || connector.role === role)
      .flatMap(({ target }) => byName.get(target.toLowerCase()) ?? []);
  return elements.flatMap((element) => {
    const after = new Set(next(element, 'faultConnector'));
    // A set may grow while it is walked.
    for (const each of after) for (const following of next(each)) after.add(following);
    if (!after.has(element)) return [];
    return { place: element.place, calls: [element.place, ...element.calls.map(({ place }) => place)] };
  });
}

const idempotencyKey = /idempoten|dedup|request-?id|external_?id/i;

function retriesInClass({ type, file }: ApexSummary): Retry[] {
  if (!type || idempotencyKey.test(JSON.stringify(type))) return [];
  return methodsOf(type)
    .flatMap(({ body = [] }) => loopsIn(body))
    .filter(({ test }) => !walksOverCollection(test))
    .flatMap(({ at, body }) => {
      const calls = attemptsIn(body).flatMap((attempt) => positionsIn(attempt.body));
      return calls.length === 0 ? [] : { place: placeAt(file, at), calls: calls.map((each) => placeAt(file, each)) };
    });
}

function methodsOf({ methods, constructors, inner }: ApexType): ApexMethod[] {
  return [...methods, ...constructors, ...inner.flatMap(methodsOf)];
}

type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

function loopsIn(body: unknown): Of<'loop'>[] {
  return nodesIn(body).filter((node): node is Of<'loop'> => node.kind === 'loop' && 'update' in node);
}

/** The `try` statements whose handlers let the loop go on. */
function attemptsIn(body: readonly Statement[]): Of<'try'>[] {
  return nodesIn(body)
    .filter((node): node is Of<'try'> => node.kind === 'try')
    .filter(({ catches }) => catches.some(({ body: handler }) => !leaves(handler.at(-1))));
}

function leaves(last: Statement | undefined): boolean {
  return last?.kind === 'throw' || last?.kind === 'return';
}

function walksOverCollection(test: Expression | undefined): boolean {
  return nodesIn(test).some(
    (node) => node.kind === 'call' && 'name' in node && /^(?:size|hasNext|isEmpty|length)$/i.test(node.name),
  );
}

function positionsIn(body: readonly Statement[]): Position[] {
  return nodesIn(body).map(({ at }) => at);
}

type Node = Statement | Expression;

/** Every statement and expression in some code, however deep. Not recursive: code may nest deeply. */
function nodesIn(code: unknown): Node[] {
  const found: Node[] = [];
  const open: unknown[] = [code];
  while (open.length > 0) {
    const each = open.pop();
    if (typeof each !== 'object' || each === null) continue;
    if ('kind' in each && 'at' in each) found.push(each as Node);
    for (const part of Object.values(each) as unknown[]) open.push(part);
  }
  return found;
}
