import type { Callable } from './model.ts';

/**
 * The flow, class or template that a callable stands in; two callables in one container are one piece of source.
 * `undefined` for a callable without source: what it does happens where it is called.
 */
export function containerOf(callable: Callable): string | undefined {
  switch (callable.kind) {
    case 'standard-action':
    case 'external-service':
    case 'quick-action':
    case 'opaque':
      return undefined;
    case 'apex-class':
    case 'apex-method':
      return `apex/${outermost(callable.name)}`;
    default:
      return `${callable.kind}/${callable.name.toLowerCase()}`;
  }
}

function outermost(className: string): string {
  return (className.split('.', 1)[0] ?? className).toLowerCase();
}
