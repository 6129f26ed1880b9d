import type { Callable } from './model.ts';

/** The flow, class or template that a callable stands in; two callables in one container are one piece of source. */
export function containerOf(callable: Callable): string {
  switch (callable.kind) {
    case 'apex-class':
    case 'apex-method':
      return `apex/${outermost(callable.name)}`;
    case 'opaque':
      return `opaque/${callable.type}/${callable.name.toLowerCase()}`;
    default:
      return `${callable.kind}/${callable.name.toLowerCase()}`;
  }
}

function outermost(className: string): string {
  return (className.split('.', 1)[0] ?? className).toLowerCase();
}
