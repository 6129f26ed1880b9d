import type { Position } from '../../extract/apex/position.ts';
import type { ApexType } from '../../extract/apex/summary.ts';
import { accessorMethod } from './accessors.ts';
import type { ClassInSource } from './classWorld.ts';
import { contextOf } from './context.ts';
import { place, type Frame, type Machine } from './frame.ts';
import { resultOf } from './inlining.ts';
import type { Access } from './reading.ts';
import { plain } from './values.ts';

/** Code of a class that has no name of its own. The names cannot be those of a method. */
export const constructorName = '<init>';
export const staticInitializerName = '<clinit>';

/** Runs the accessor of a property: what it returns, and the call of it. */
export function accessor(machine: Machine, frame: Frame): Access {
  return ({ owner, field }, kind, object, at, value) => {
    const method = accessorMethod(field, kind);
    const self = field.isStatic ? undefined : object;
    const args = value ? [value] : [];
    if (!method) return plain(field.type, 'derived');
    frame.sink.call({ kind: 'apex-method', name: owner.type.name, method: method.name, signature: '' }, () => ({
      context: contextOf(frame, args, self),
      cause: 'call',
      certainty: 'proven',
      place: place(frame, at),
      label: `${kind}s ${owner.type.name}.${field.name}`,
    }));
    return resultOf(machine, { owner, method }, self, args, frame);
  };
}

/** Records that a class is used for the first time, so that its static initialisers run. */
export function touch(frame: Frame, owner: ClassInSource, at: Position): void {
  if (!hasStaticCode(owner)) return;
  frame.sink.call({ kind: 'apex-method', name: owner.type.name, method: staticInitializerName, signature: '' }, () => ({
    context: { identity: 'system', isEntry: false, inputs: {}, otherInputs: 'derived' },
    cause: 'call',
    certainty: 'proven',
    place: place(frame, at),
    label: `initialises ${owner.type.name}`,
  }));
}

const staticCode = new WeakMap<ApexType, boolean>();

function hasStaticCode({ type }: ClassInSource): boolean {
  let answer = staticCode.get(type);
  if (answer === undefined) {
    answer =
      type.initializers.some(({ isStatic }) => isStatic) ||
      type.fields.some(({ isStatic, value }) => isStatic && value !== undefined && !isPlain(value.kind));
    staticCode.set(type, answer);
  }
  return answer;
}

/** Initial values that run no code. */
export function isPlain(kind: string): boolean {
  return kind === 'literal' || kind === 'name' || kind === 'class' || kind === 'field';
}
