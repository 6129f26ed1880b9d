import type { Position } from '../../extract/apex/position.ts';
import type { ClassInSource, FieldInSource } from './classWorld.ts';
import { contextOf } from './context.ts';
import { place, type Frame } from './frame.ts';
import type { Access } from './reading.ts';
import type { Value } from './value.ts';

/** Code of a class that has no name of its own. The names cannot be those of a method. */
export const constructorName = '<init>';
export const staticInitializerName = '<clinit>';

export function accessorName(field: string, kind: 'get' | 'set'): string {
  return `${field}.${kind}`;
}

/** Records a call of the accessor of a property. */
export function accessor(frame: Frame): Access {
  return ({ owner, field }: FieldInSource, kind, self: Value | undefined, at: Position) => {
    frame.sink.call(() => ({
      callee: { kind: 'apex-method', name: owner.type.name, method: accessorName(field.name, kind), signature: '' },
      context: contextOf(frame, [], field.isStatic ? undefined : self),
      cause: 'call',
      certainty: 'proven',
      place: place(frame, at),
      label: `${kind}s ${owner.type.name}.${field.name}`,
    }));
  };
}

/** Records that a class is used for the first time, so that its static initialisers run. */
export function touch(frame: Frame, owner: ClassInSource, at: Position): void {
  if (!hasStaticCode(owner)) return;
  frame.sink.call(() => ({
    callee: { kind: 'apex-method', name: owner.type.name, method: staticInitializerName, signature: '' },
    context: { identity: 'system', isEntry: false, inputs: {}, otherInputs: 'derived' },
    cause: 'call',
    certainty: 'proven',
    place: place(frame, at),
    label: `initialises ${owner.type.name}`,
  }));
}

function hasStaticCode({ type }: ClassInSource): boolean {
  return (
    type.initializers.some(({ isStatic }) => isStatic) ||
    type.fields.some(({ isStatic, value }) => isStatic && value !== undefined && !isPlain(value.kind))
  );
}

/** Initial values that run no code. */
export function isPlain(kind: string): boolean {
  return kind === 'literal' || kind === 'name' || kind === 'class' || kind === 'field';
}
