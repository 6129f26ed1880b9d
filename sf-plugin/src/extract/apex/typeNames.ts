import type { Lowering } from './lowering.ts';
import type { SyntaxNode } from './syntaxTree.ts';

/** The type that a syntax node names, without white space and with arrays as lists. */
export function typeName(node: SyntaxNode | undefined, lowering: Lowering): string {
  if (!node) return 'Object';
  return lowering.nested(node, () => {
    const names = (): string[] => node.children.map((child) => typeName(child, lowering));
    switch (node.type) {
      case 'array_type': {
        const dimensions = node.children.find((child) => child.field === 'dimensions');
        const [element = 'Object'] = names();
        // One list for each pair of brackets.
        const depth = dimensions ? lowering.text(dimensions).split('[').length - 1 : 1;
        return 'List<'.repeat(Math.min(depth, 8)) + element + '>'.repeat(Math.min(depth, 8));
      }
      case 'generic_type': {
        const [base = 'Object', ...rest] = names();
        return `${base}${rest.join('')}`;
      }
      case 'type_arguments':
        return `<${names().join(',')}>`;
      case 'scoped_type_identifier':
        return names().join('.');
      case 'void_type':
        return 'void';
      default:
        return lowering.text(node).replace(/\s+/g, '');
    }
  });
}
