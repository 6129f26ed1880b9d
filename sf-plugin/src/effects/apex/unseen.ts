import type { Position } from '../../extract/apex/position.ts';
import type { ClassInSource } from './classWorld.ts';
import { place, type Frame, type Machine } from './frame.ts';
import { isInertClass } from './platformTypes.ts';

/**
 * Records a call into code that the project does not have: once for each class, however many of its
 * methods are called. The expander knows no such class, and the closure says so in the report.
 */
export function callUnseen(frame: Frame, at: Position, className: string): void {
  frame.sink.call({ kind: 'apex-method', name: className, method: '*', signature: '' }, () => ({
    context: { identity: 'system', isEntry: false, inputs: {}, otherInputs: 'model' },
    cause: 'call',
    certainty: 'proven',
    place: place(frame, at),
    label: className,
  }));
}

/**
 * Records a call of a method that a class of the project must have and was not found in it: it stands
 * in an ancestor that the project does not have, or in a part of a file that could not be read.
 */
export function callUnseenPart(machine: Machine, frame: Frame, at: Position, owner: ClassInSource): void {
  const ancestor = machine.world.unseenAncestor(owner);
  if (ancestor !== undefined && !isInertClass(ancestor)) callUnseen(frame, at, ancestor);
  else if (machine.world.ancestry(owner).some(({ summary }) => summary.syntaxErrors.length > 0)) {
    callUnseen(frame, at, owner.type.name);
  }
}
