import type { RecordWrite } from '../../extract/flow/flowFacts.ts';
import type { Node } from './flowGraph.ts';
import { parseReference } from './reference.ts';
import type { Scope } from './scope.ts';

/** A name that decides over which records an element writes. */
export interface Selector {
  readonly root: string;
  /** The name is the record itself, so that only another record or another Id changes the choice. */
  readonly isRecord: boolean;
}

/**
 * What picks the records of a write, or `undefined` for a create, which makes new ones each time: an
 * element that updates the same record in every turn of a loop still updates one record.
 */
export function selectorsOf({ kind, inputReference, where }: RecordWrite, scope: Scope): Selector[] | undefined {
  if (kind === 'create') return undefined;
  if (inputReference !== undefined) {
    const { root, member } = parseReference(inputReference);
    return [{ root, isRecord: member === '' }];
  }
  return where.filters
    .flatMap(({ value }) => scope.sourcesOf(value))
    .map((path) => ({ root: parseReference(path).root, isRecord: false }));
}

/** Whether a run of the element may change what a selector picks. */
export function changes(node: Node, { root, isRecord }: Selector): boolean {
  if (node.kind === 'unknown') return true;
  return writesOf(node)
    .map(parseReference)
    .some((path) => path.root === root && (!isRecord || path.member === '' || path.member.toLowerCase() === 'id'));
}

/** Every name, or part of one, that an element fills; its own name stands for its result. */
function writesOf(node: Node): string[] {
  const written = [node.name, ...node.outputs];
  switch (node.kind) {
    case 'assignment':
      return [...written, ...node.items.map(({ target }) => target)];
    case 'loop':
      return [...written, node.variable ?? ''];
    case 'lookup':
      return [...written, node.outputReference ?? ''];
    case 'processor':
      return [...written, node.variable ?? '', node.collection];
    case 'create':
      return [...written, `${node.inputReference ?? ''}.Id`];
    default:
      return written;
  }
}
