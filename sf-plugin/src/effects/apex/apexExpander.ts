import type { ApexMethod } from '../../extract/apex/summary.ts';
import type { Callable, CallContext, Expander, Expansion } from '../model.ts';
import { ActingMethods, type ApexMethodCallable } from './actingMethods.ts';
import { ClassWorld, type ApexLookups, type ClassInSource } from './classWorld.ts';
import { callableMethod, runConstructor, runMethod, runStaticCode } from './code.ts';
import { fromAbstract, selfInput } from './context.ts';
import { callableOf } from './dispatch.ts';
import { entryArgument, entryMethods } from './entryPoints.ts';
import { recordUnknown, type CalleeKnowledge, type Frame, type Machine, type Sink } from './frame.ts';
import { createMachine } from './interpreter.ts';
import { Outcomes } from './outcomes.ts';
import { constructorName, staticInitializerName, touch } from './properties.ts';
import { Recorder, RoughRecorder } from './recorder.ts';
import { sharingOf, sharingOfCaller, type Entry } from './securityMode.ts';
import { triggerFrame } from './triggers.ts';
import { HeapObject } from './value.ts';
import { Variables } from './variables.ts';
import { fold } from './fold.ts';

export type { ApexLookups } from './classWorld.ts';

/** Expands Apex: invocable and other entry classes, single methods, and triggers. */
export function createApexExpander(lookups: ApexLookups): Expander {
  const world = new ClassWorld(lookups);
  const acting = new ActingMethods((callable, context) => {
    const recorder = new RoughRecorder();
    return runCallable(createMachine(world, undefined), callable, context, recorder) ? recorder : undefined;
  });
  const callees: CalleeKnowledge = {
    outcomes: new Outcomes(),
    acts: (callee) => callee.kind !== 'apex-method' || acting.acts(callee),
    changes: (found) => acting.changes(callableOf(found)),
  };
  const expand = (callable: Callable, context: CallContext): Expansion | undefined => {
    const machine = createMachine(world, callees);
    switch (callable.kind) {
      case 'apex-class':
        return expandEntry(machine, callable, context);
      case 'apex-method':
        return expandMethod(machine, callable, context);
      case 'trigger':
        return expandTrigger(machine, callable, context);
      default:
        return undefined;
    }
  };
  return (callable, context) => {
    const expansion = expand(callable, context);
    if (!expansion) return undefined;
    const { effects, calls, pruned } = expansion;
    return { effects, calls: calls.filter(({ callee }) => callees.acts(callee)), pruned };
  };
}

type Of<K extends Callable['kind']> = Extract<Callable, { kind: K }>;

/** A class as an action target: its effects are those of the methods that the platform enters it by. */
function expandEntry(machine: Machine, callable: Of<'apex-class'>, context: CallContext): Expansion | undefined {
  const { world } = machine;
  const owner = world.named(callable.name);
  const methods = owner ? entryMethods(owner, callable.entry) : [];
  if (!owner || methods.length === 0) return undefined;
  const recorder = new Recorder();
  for (const method of methods) {
    const entry = callable.entry === 'aura' ? 'aura' : 'platform';
    const frame = frameOf(world, owner, method, context, entry, recorder);
    for (const parameter of method.parameters) {
      const value = entryArgument(world, owner, parameter, callable.entry, context);
      frame.variables.set(fold(parameter.name), { type: parameter.type, value });
    }
    touch(frame, owner, method.at);
    runMethod(machine, method, frame);
  }
  noteUnread(owner, recorder);
  return recorder.toExpansion();
}

function expandMethod(machine: Machine, callable: ApexMethodCallable, context: CallContext): Expansion | undefined {
  const recorder = new Recorder();
  return runCallable(machine, callable, context, recorder) ? recorder.toExpansion() : undefined;
}

/** Runs a method, constructor, accessor or static initialiser, unless it is not in source. */
function runCallable(machine: Machine, callable: ApexMethodCallable, context: CallContext, sink: Sink): boolean {
  const { world } = machine;
  const owner = world.named(callable.name);
  if (!owner) return false;
  const code = callableMethod(world, owner, callable.method, callable.signature);
  const isNamed = callable.method !== constructorName && callable.method !== staticInitializerName;
  if (isNamed && !code?.body) return false;
  const frame = frameOf(world, owner, code, context, 'call', sink);
  if (callable.method === staticInitializerName) runStaticCode(machine, owner, frame);
  else if (callable.method === constructorName) runConstructor(machine, owner, code, frame);
  else if (code) runMethod(machine, code, frame);
  noteUnread(owner, sink);
  return true;
}

function expandTrigger(machine: Machine, callable: Of<'trigger'>, context: CallContext): Expansion | undefined {
  const summary = machine.world.trigger(callable.name);
  if (!summary?.trigger) return undefined;
  const recorder = new Recorder();
  const frame = triggerFrame(summary, summary.trigger, callable.event, context, recorder);
  machine.run(summary.trigger.body, frame);
  for (const at of summary.syntaxErrors) recordUnknown(frame, at, '*', syntaxError);
  return recorder.toExpansion();
}

function frameOf(
  world: ClassWorld,
  owner: ClassInSource,
  method: ApexMethod | undefined,
  context: CallContext,
  entry: Entry,
  sink: Sink,
): Frame {
  const { inputs, otherInputs } = context;
  const self = fromAbstract(inputs[selfInput], owner.type.name, otherInputs);
  const variables = Variables.of(method ?? owner.type.initializers);
  for (const [index, { name, type }] of (method?.parameters ?? []).entries()) {
    const value = fromAbstract(inputs[`#${String(index)}`], type, otherInputs);
    variables.set(fold(name), { type, value });
  }
  return {
    file: owner.summary.file,
    apiVersion: owner.summary.apiVersion,
    sharing: sharingOf(owner, entry, sharingOfCaller(context.identity), world),
    owner,
    self: method?.isStatic ? undefined : { ...self, heap: self.heap ?? new HeapObject('foreign') },
    trigger: undefined,
    variables,
    jumped: [],
    attempted: undefined,
    region: {},
    method,
    loops: [context.repeats ?? 1],
    returned: undefined,
    otherInputs,
    inlined: 0,
    sink,
  };
}

const syntaxError = 'a syntax error: what stands here was not seen';

/** Of a file that could not be read in full, any method may do more than was seen. */
function noteUnread({ summary, type }: ClassInSource, sink: Sink): void {
  for (const at of summary.syntaxErrors) {
    recordUnknown({ file: summary.file, sink }, at, type.name, syntaxError);
  }
}
