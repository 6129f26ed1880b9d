import type { Expression } from '../../extract/apex/body.ts';
import { lessTrusted } from '../lattice.ts';
import { implementationsOf, overridesOf } from './callbacks.ts';
import type { ClassInSource } from './classWorld.ts';
import { collectionCall } from './collectionCalls.ts';
import { invokeAll, invokeConstructor } from './dispatch.ts';
import { fold } from './fold.ts';
import type { Frame, Machine } from './frame.ts';
import { chooserOfAll, disclose } from './inlining.ts';
import { classOf, pathOf, startsOutside } from './names.ts';
import { platformInstanceCall, platformStaticCall, type PlatformCall } from './platformCalls.ts';
import { isUnitOfWork, unitOfWorkCall } from './platform/unitOfWork.ts';
import { isCustomObject, isInertClass, isRecordMethod } from './platformTypes.ts';
import { touch } from './properties.ts';
import { elementType, mayHaveMethods, parseType } from './typeNames.ts';
import { callUnseen, callUnseenPart } from './unseen.ts';
import { join, type Value } from './value.ts';
import { Variables } from './variables.ts';
import { as, inertValue, plain, staticTypes, tokenValue } from './values.ts';

type CallExpression = Extract<Expression, { kind: 'call' }>;

/** Evaluates a method call: what it returns, and whatever it starts. */
export function evaluateCall(machine: Machine, expression: CallExpression, frame: Frame): Value {
  const { target } = expression;
  if (!target) return callWithoutTarget(machine, expression, frame);
  if (target.kind === 'super') return callOnSuper(machine, expression, frame);
  const path = startsOutside(machine, target, frame) ? pathOf(target) : undefined;
  if (path && fold(path[0] ?? '') !== 'trigger') {
    const owner = classOf(machine, path, frame);
    if (owner) return callOnClass(machine, owner, expression, frame);
    // A static field at the end of the path is an object.
    if (path.length === 1 || !classOf(machine, path.slice(0, -1), frame)) {
      const onPlatform = callOnPlatformClass(machine, path, expression, frame);
      if (onPlatform) return onPlatform;
    }
  }
  return callOnValue(machine, machine.evaluate(target, frame), expression, frame);
}

function evaluateArgs(machine: Machine, { args }: CallExpression, frame: Frame): Value[] {
  return args.map((arg) => machine.evaluate(arg, frame));
}

/** `helper(x)`: a method of the class, of an ancestor or of the outer class; `this(…)` and `super(…)`. */
function callWithoutTarget(machine: Machine, expression: CallExpression, frame: Frame): Value {
  const args = evaluateArgs(machine, expression, frame);
  const { owner } = frame;
  const { name, at } = expression;
  if (!owner) return callInTrigger(machine, expression, args, frame);
  const key = fold(name);
  if (key === 'this') return invokeConstructor(machine, owner, args, at, frame);
  if (key === 'super') {
    const parent = machine.world.ancestry(owner)[1];
    return parent ? invokeConstructor(machine, parent, args, at, frame) : inertValue('derived');
  }
  const types = args.map(staticTypes);
  const outer = machine.world.outer(owner);
  for (const scope of outer && outer.type !== owner.type ? [owner, outer] : [owner]) {
    const found = machine.world.methods(scope, name, types);
    const [first] = found;
    if (!first) continue;
    if (first.method.isStatic || !frame.self || scope !== owner)
      return invokeAll(machine, found, undefined, args, at, frame);
    return callOnSelf(machine, owner, frame.self, expression, args, frame);
  }
  callUnseenPart(machine, frame, at, owner);
  disclose(frame.self, args);
  return inertValue(chooserOfAll(args));
}

/** A method that the class calls on itself: an override in the class of the object comes first. */
function callOnSelf(
  machine: Machine,
  owner: ClassInSource,
  self: Value,
  expression: CallExpression,
  args: readonly Value[],
  frame: Frame,
): Value {
  return self.types
    .map((type) => {
      const actual = machine.world.resolve(type, owner) ?? owner;
      return callOnOwner(machine, actual, as(self, type), expression, args, frame);
    })
    .reduce(join);
}

function callInTrigger(machine: Machine, { name }: CallExpression, args: readonly Value[], frame: Frame): Value {
  const { trigger } = frame;
  const method = trigger?.methods.find((each) => fold(each.name) === fold(name));
  // A method of a trigger sees its context; it is looked at where it is called, for all calls so far.
  if (trigger && method?.body && machine.bounds.enter(method, frame.inlined)) {
    const before = trigger.given.get(method);
    const given = method.parameters.map((_, index): Value => {
      const [known, arg] = [before?.[index], args[index] ?? inertValue('derived')];
      return known ? join(known, arg) : arg;
    });
    trigger.given.set(method, given);
    const variables = Variables.of(method);
    for (const [index, { name: parameter, type }] of method.parameters.entries()) {
      variables.set(fold(parameter), { type, value: given[index] ?? inertValue('derived') });
    }
    machine.run(method.body, { ...frame, variables, jumped: [], attempted: undefined, region: {} });
    machine.bounds.leave(method);
  }
  return inertValue(chooserOfAll(args));
}

function callOnSuper(machine: Machine, expression: CallExpression, frame: Frame): Value {
  const args = evaluateArgs(machine, expression, frame);
  const parent = frame.owner && machine.world.ancestry(frame.owner)[1];
  const found = parent ? machine.world.methods(parent, expression.name, args.map(staticTypes)) : [];
  if (found.length > 0) return invokeAll(machine, found, frame.self, args, expression.at, frame);
  if (frame.owner) callUnseenPart(machine, frame, expression.at, frame.owner);
  return inertValue(chooserOfAll(args));
}

/** `Helper.run(x)` on a class of the project. */
function callOnClass(machine: Machine, owner: ClassInSource, expression: CallExpression, frame: Frame): Value {
  const args = evaluateArgs(machine, expression, frame);
  const { name, at } = expression;
  touch(frame, owner, at);
  const found = machine.world.methods(owner, name, args.map(staticTypes));
  const [first] = found;
  if (first) return invokeAll(machine, found, first.method.isStatic ? undefined : frame.self, args, at, frame);
  const ofEnum = enumCall(owner, name, args);
  if (ofEnum) return ofEnum;
  callUnseenPart(machine, frame, at, owner);
  return inertValue(chooserOfAll(args));
}

function callOnPlatformClass(
  machine: Machine,
  path: readonly string[],
  expression: CallExpression,
  frame: Frame,
): Value | undefined {
  const first = fold(path[0] ?? '');
  const className = (first === 'system' && path.length > 1 ? path.slice(1) : path).join('.');
  const { name, at } = expression;
  const lower = fold(className);
  // Tokens of the schema and labels are values.
  if (isSchemaPath(lower)) return undefined;
  const args = evaluateArgs(machine, expression, frame);
  // `Account.getSObjectType()` names the object as `Account.SObjectType` does.
  if (fold(name) === 'getsobjecttype' && args.length === 0) return tokenValue(path.at(-1) ?? '');
  const call: PlatformCall = { machine, frame, at, name, className, args };
  const result = platformStaticCall(call);
  if (result) return result;
  if (isInertClass(className)) return inertValue(lessTrusted('derived', chooserOfAll(args)));
  if (path.length === 1 && isCustomObject(className)) return inertValue('derived');
  if (isSchemaToken(path, name)) return inertValue('derived');
  callUnseen(frame, at, className);
  disclose(undefined, args);
  return inertValue(chooserOfAll(args));
}

function isSchemaPath(lower: string): boolean {
  return lower.includes('sobjecttype') || lower.startsWith('label.') || lower.includes('.label.');
}

/** `Account.Name.getDescribe()`: a field of an object, read as a value. */
function isSchemaToken(path: readonly string[], method: string): boolean {
  return path.length === 2 && (isCustomObject(path[0] ?? '') || schemaMethods.has(fold(method)));
}

const schemaMethods: ReadonlySet<string> = new Set(['equals', 'getdescribe', 'hashcode', 'tostring']);

/** A call on an object: by each type that the object may have. */
function callOnValue(machine: Machine, target: Value, expression: CallExpression, frame: Frame): Value {
  const args = evaluateArgs(machine, expression, frame);
  let result: Value | undefined;
  for (const type of target.types) {
    const each = callOnType(machine, type, as(target, type), expression, args, frame);
    result = result ? join(result, each) : each;
  }
  return result ?? inertValue(chooserOfAll(args));
}

function callOnType(
  machine: Machine,
  type: string,
  target: Value,
  expression: CallExpression,
  args: readonly Value[],
  frame: Frame,
): Value {
  const { name, at } = expression;
  const call: PlatformCall = { machine, frame, at, name, className: parseType(type).name, args, target };
  const registered = isUnitOfWork(call.className) ? unitOfWorkCall(call) : undefined;
  if (registered) return registered;
  const owner = machine.world.resolve(type, frame.owner);
  if (owner) return callOnOwner(machine, owner, target, expression, args, frame);
  if (elementType(type) !== undefined) {
    const fromCollection = collectionCall(machine, { target, name, at, args, frame });
    if (fromCollection) return fromCollection;
  }
  const result = platformInstanceCall(call);
  if (result) return result;
  const chosenBy = chooserOfAll([target, ...args]);
  if (!mayHaveMethods(type)) return inertValue(chosenBy);
  const isInert = isRecordMethod(name) || isInertClass(parseType(type).name);
  if (isInert && !isOverridable(call.className, name)) return inertValue(chosenBy);
  // A class or interface of the platform or of a package: what the project has of it, and what it does not have.
  const found = implementationsOf(machine, call.className, name, args);
  if (found.length > 0) invokeAll(machine, found, target, args, at, frame, 'possible');
  if (isInert) return inertValue(chosenBy);
  callUnseen(frame, at, call.className);
  disclose(target, args);
  return inertValue(chosenBy);
}

/** Methods of the platform that classes of the project replace by their own. */
function isOverridable(className: string, name: string): boolean {
  return fold(className).endsWith('exception') && fold(name) === 'getmessage';
}

/** A call on an object of a class of the project: every override that may run. */
function callOnOwner(
  machine: Machine,
  owner: ClassInSource,
  target: Value,
  expression: CallExpression,
  args: readonly Value[],
  frame: Frame,
): Value {
  const { name, at } = expression;
  const ofEnum = enumCall(owner, name, [target]);
  if (ofEnum) return ofEnum;
  const found = overridesOf(machine, owner, target, name, args);
  if (found.length > 0) return invokeAll(machine, found, target, args, at, frame);
  if (declares(machine, owner, name, args)) callUnseen(frame, at, owner.type.name);
  else callUnseenPart(machine, frame, at, owner);
  disclose(target, args);
  return inertValue(chooserOfAll([target, ...args]));
}

/** What the methods of an enum return, of which the code says nothing. */
const enumMethods: Readonly<Record<string, (enumName: string) => string>> = {
  name: () => 'String',
  ordinal: () => 'Integer',
  tostring: () => 'String',
  valueof: (enumName) => enumName,
  values: (enumName) => `List<${enumName}>`,
};

function enumCall({ type }: ClassInSource, name: string, given: readonly Value[]): Value | undefined {
  const returns = type.kind === 'enum' ? enumMethods[fold(name)] : undefined;
  return returns && plain(returns(type.name), lessTrusted('derived', chooserOfAll(given)));
}

/** The method is declared here, and nothing in the project implements it. */
function declares(machine: Machine, owner: ClassInSource, name: string, args: readonly Value[]): boolean {
  const found = machine.world.method(owner, name, args.map(staticTypes));
  return found !== undefined && !found.method.isTest;
}
