import type { Certainty, ChosenBy, Operation, Place } from '@agent-readiness/protocol';
import type { AccessMode, Expression, Statement } from '../../extract/apex/body.ts';
import type { ApexMethod } from '../../extract/apex/summary.ts';
import { placeAt, type Position } from '../../extract/apex/position.ts';
import { capped, times, toExtent, type Size } from '../size.ts';
import type { Call, Callable, LocalEffect, Manner } from '../model.ts';
import type { Bounds } from './bounds.ts';
import type { Leaks } from './leaks.ts';
import type { Outcomes } from './outcomes.ts';
import { reversibilityOf } from '../reversibility.ts';
import type { ClassInSource, ClassWorld, MethodInSource } from './classWorld.ts';
import { identityOf, type SharingMode } from './securityMode.ts';
import { inert, isPrimitive } from './typeNames.ts';
import type { HeapObject, Value } from './value.ts';
import type { Variable, Variables } from './variables.ts';

/** What there is to a call besides its callee. */
export type CallDetails = Omit<Call, 'callee'>;

/** Takes what a method does. The methods that are looked into for their value alone write to one that forgets. */
export interface Sink {
  /** Nobody listens: what does nothing but tell need not be worked out. */
  readonly isSilent: boolean;
  effect(effect: LocalEffect): void;
  call(callee: Callable, describe: () => CallDetails): void;
  pruned(file: string, at: Position, reason: string): void;
  reached(file: string, at: Position): void;
  /** An object was changed that the method did not create itself. */
  changed(): void;
}

export interface TriggerContext {
  readonly name: string;
  /** Of the `Trigger` variables, by lower-case name. */
  readonly values: ReadonlyMap<string, Value>;
  readonly methods: readonly ApexMethod[];
  /** What each of the methods was given by the calls so far. */
  readonly given: Map<ApexMethod, readonly Value[]>;
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
  /** Replaced, not changed, where branches part. */
  variables: Variables;
  /** What the variables were where the current loop was left or cut short. */
  jumped: Variables[];
  /** Every value that a variable had in the body of the current `try`; absent outside of one. */
  attempted: Map<string, Value[]> | undefined;
  /**
   * The stretch of code around the current statement that runs as a whole or not at all: what it does
   * to an object made in it happens once for each such object.
   */
  region: object;
  /** What is run, where it is a method, a constructor or an accessor. */
  readonly method: ApexMethod | undefined;
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
  /** What callees did, by what they were given: the same in every expansion. */
  readonly outcomes: Outcomes;
  /** Whether a callee can have an effect at all, whatever it is given. */
  acts(callee: Callable): boolean;
  /** Whether a method may change objects that it is given. */
  changes(found: MethodInSource): boolean;
}

/** The parts of the interpreter, as they see each other. */
export interface Machine {
  readonly world: ClassWorld;
  readonly bounds: Bounds;
  readonly leaks: Leaks;
  /** Absent where callees are not looked into. */
  readonly callees: CalleeKnowledge | undefined;
  evaluate(expression: Expression, frame: Frame): Value;
  run(statements: readonly Statement[], frame: Frame): Flow;
  /** The same with bounds of its own, for code whose result is to depend on nothing but what it is given. */
  apart(): Machine;
}

export function place(frame: Frame, at: Position): Place {
  return placeAt(frame.file, at);
}

/** Notes that an object is changed: one that this method did not create is the business of its callers too. */
export function noteChange({ leaks }: Machine, { sink }: Frame, heap: HeapObject | undefined): void {
  if (heap && heap.content !== 'foreign') return;
  sink.changed();
  leaks.changeUnknown();
}

/** Lets code not seen hold on to a value: it is put where any code may take it from. */
export function escape(machine: Machine, frame: Frame, value: Value): void {
  if (holdsGiven(value)) noteChange(machine, frame, undefined);
  value.heap?.disclose();
}

/** Whether a value is, or contains, an object that this method did not make. */
function holdsGiven({ heap, types, constant }: Value, levels = 3): boolean {
  if (!heap) return constant !== null && types.some((type) => !isPrimitive(type) && type !== inert);
  if (heap.content === 'foreign' || levels === 0) return true;
  const inside = [...heap.fields.values()].map(({ value }) => value);
  return [...inside, ...(heap.item ? [heap.item] : [])].some((each) => holdsGiven(each, levels - 1));
}

/** Gives a variable a value, which handlers of the current `try` may find in it. */
export function setVariable(frame: Frame, name: string, variable: Variable): void {
  frame.variables.set(name, variable);
  const values = frame.attempted?.get(name);
  if (values) values.push(variable.value);
  else frame.attempted?.set(name, [variable.value]);
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
  readonly manner?: Manner;
}

/** Records an effect of the statement at a position. */
export function recordEffect(frame: Frame, at: Position, details: EffectDetails): void {
  if (frame.sink.isSilent) return;
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
    ...(details.manner && { manner: details.manner }),
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
