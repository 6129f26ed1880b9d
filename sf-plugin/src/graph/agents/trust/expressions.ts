import type { Expression } from '../../../extract/agentScript/ast.ts';
import type { Constant } from '../../agent.ts';

/** The value of a literal, where it is a single one. */
export function literalOf(value: Expression): Constant | undefined {
  switch (value.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'datetime':
      return value.value;
    case 'none':
      return null;
    case 'unary':
      return value.operator === '-' && value.operand.kind === 'number' ? -value.operand.value : undefined;
    default:
      return undefined;
  }
}

/** What an expression is computed from. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'member':
      return [expression.object];
    case 'subscript':
      return [expression.object, expression.index];
    case 'call':
      // The name of a function is no source; anything else that is called is.
      return expression.callee.kind === 'name' ? expression.args : [expression.callee, ...expression.args];
    case 'unary':
    case 'spread':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'ternary':
      return [expression.condition, expression.consequence, expression.alternative];
    case 'list':
      return expression.items;
    case 'dictionary':
      return expression.pairs.map(({ value }) => value);
    default:
      return [];
  }
}
