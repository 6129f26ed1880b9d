import type { Certainty, ChosenBy, Operation, Place } from '@agent-readiness/protocol';
import type { AccessMode, Expression, Statement } from '../../extract/apex/body.ts';
import type { ApexMethod } from '../../extract/apex/summary.ts';
import { placeAt, type Position } from '../../extract/apex/position.ts';
import { times, toExtent, type Size } from '../size.ts';
import type { AbstractValue, Call, LocalEffect } from '../model.ts';
import type { Bounds } from './bounds.ts';
import { reversibilityOf } from '../reversibility.ts';
import type { ClassInSource, ClassWorld, MethodInSource } from './classWorld.ts';
import { identityOf, type SharingMode } from './securityMode.ts';
import { capped, type Value } from './value.ts';

/** Takes what a method does. The methods that are looked into for their value alone write to one that forgets. */
export interface Sink {
  effect(effect: LocalEffect): void;
  call(call: () => Call): void;
  pruned(place: Place, reason: string): void;
  /** An object was changed that the method did not create itself. */
  changed(): void;
}

export interface Variable {
  readonly type: string;
  readonly value: Value;
}

export interface TriggerContext {
  readonly name: string;
  /** Of the `Trigger` variables, by lower-case name. */
  readonly values: ReadonlyMap<string, Value>;
  readonly methods: readonly ApexMethod[];
}

/** One run of one method. */
export interface Frame {
  readonly file: string;
  readonly apiVersion: number;
  readonly sharing: SharingMode;
  /** Absent in a trigger. */
  readonly owner: ClassInSource | undefined;
  readonly self: Value | undefined;
  /** Present in the body of a trigger. */
  readonly trigger: TriggerContext | undefined;
  /** By lower-case name. Replaced, not changed, where branches part. */
  variables: Map<string, Variable>;
  /** What the variables were where the current loop was left or cut short. */
  jumped: Map<string, Variable>[];
  /** How often the body runs, then how often each loop around the current statement does. */
  readonly loops: Size[];
  /** What the method may return, so far. */
  returned: Value | undefined;
  /** Who chose what is not known: fields of this object, static variables. */
  readonly otherInputs: ChosenBy;
  /** How many methods have been looked into to get here. */
  readonly inlined: number;
  readonly sink: Sink;
}

/** `ends`: what follows is not reached; `cut`: it would be, if not for what is known before the run. */
export type Flow = 'continues' | 'ends' | 'cut';

/** What the expansions of many methods share when they look into callees. */
export interface CalleeKnowledge {
  /** What calls without known objects return: the answers are the same in every expansion. */
  readonly returns: Map<string, AbstractValue>;
  /** Whether a method may change objects that it is given. */
  changes(found: MethodInSource): boolean;
}

/** The parts of the interpreter, as they see each other. */
export interface Machine {
  readonly world: ClassWorld;
  readonly bounds: Bounds;
  /** Absent where callees are not looked into. */
  readonly callees: CalleeKnowledge | undefined;
  evaluate(expression: Expression, frame: Frame): Value;
  run(statements: readonly Statement[], frame: Frame): Flow;
}

export function place(frame: Frame, at: Position): Place {
  return placeAt(frame.file, at);
}

/** Notes that an object is changed: one that this method did not create is the business of its callers too. */
export function noteChange({ sink }: Frame, { heap }: Value): void {
  if (!heap || heap.content === 'foreign') sink.changed();
}

/** How often something happens that is new in each of the given number of loops. */
export function repeats(frame: Frame, depth: number): Size {
  let product: Size = 1;
  for (const each of frame.loops.slice(0, depth)) product = times(product, each);
  return capped(product);
}

interface EffectDetails {
  readonly operation: Operation;
  readonly object: string;
  readonly label: string;
  readonly chosenBy: ChosenBy;
  readonly size: Size;
  readonly fields?: readonly string[];
  readonly access?: AccessMode | undefined;
  readonly certainty?: Certainty;
  readonly form?: 'hard' | 'read-only' | undefined;
}

/** Records an effect of the statement at a position. */
export function recordEffect(frame: Frame, at: Position, details: EffectDetails): void {
  frame.sink.effect({
    operation: details.operation,
    object: details.object,
    fields: details.fields ?? [],
    ...toExtent(capped(details.size)),
    identity: identityOf(frame.apiVersion, frame.sharing, details.access),
    chosenBy: details.chosenBy,
    reversibility: reversibilityOf(details.operation, details.form),
    certainty: details.certainty ?? 'proven',
    place: place(frame, at),
    label: details.label,
  });
}

/** Records that something stands here whose effects cannot be known. */
export function recordUnknown(
  { file, sink }: Pick<Frame, 'file' | 'sink'>,
  at: Position,
  object: string,
  label: string,
): void {
  sink.effect({
    operation: 'unknown',
    object,
    fields: ['*'],
    extent: 'unbounded',
    identity: 'system',
    chosenBy: 'model',
    reversibility: reversibilityOf('unknown'),
    certainty: 'opaque',
    place: placeAt(file, at),
    label,
  });
}
