import type { Position } from '../../extract/apex/position.ts';
import { place, type Frame } from './frame.ts';

/**
 * Records a call into code that the project does not have: once for each class, however many of its
 * methods are called. The expander knows no such class, and the closure says so in the report.
 */
export function callUnseen(frame: Frame, at: Position, className: string): void {
  frame.sink.call(() => ({
    callee: { kind: 'apex-method', name: className, method: '*', signature: '' },
    context: { identity: 'system', isEntry: false, inputs: {}, otherInputs: 'model' },
    cause: 'call',
    certainty: 'proven',
    place: place(frame, at),
    label: className,
  }));
}
