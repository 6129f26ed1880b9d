import type { Expression, FieldValue } from './body.ts';
import { literalValue, numberTypeOf } from './literals.ts';
import { ofType, part, parts } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { lowerQuery } from './lowerQuery.ts';
import type { SyntaxNode } from './syntaxTree.ts';
import { typeName } from './typeNames.ts';

/** The expression behind a node; a missing one is an unknown one. */
export function lowerExpression(node: SyntaxNode | undefined, lowering: Lowering): Expression {
  if (!node) return { kind: 'unknown', at: 0, syntax: 'nothing', parts: [] };
  return lowering.nested(node, () => lower(node, lowering));
}

export function lowerAll(nodes: readonly SyntaxNode[], lowering: Lowering): Expression[] {
  return nodes.filter((node) => node.type !== 'ERROR').map((node) => lowerExpression(node, lowering));
}

function lower(node: SyntaxNode, lowering: Lowering): Expression {
  const at = lowering.at(node.start);
  const of = (field: string): Expression => lowerExpression(part(node, field), lowering);
  const typeOf = (field: string): string => typeName(part(node, field), lowering);
  switch (node.type) {
    case 'identifier':
      return { kind: 'name', at, name: lowering.text(node) };
    case 'this':
      return { kind: 'this', at };
    case 'super':
      return { kind: 'super', at };
    case 'parenthesized_expression':
      return lowerExpression(node.children[0], lowering);
    case 'int':
    case 'decimal':
    case 'decimal_floating_point_literal':
    case 'currency_literal': {
      const text = lowering.text(node);
      const type = numberTypeOf(text);
      return { kind: 'literal', at, value: literalValue(node.type, text), ...(type && { type }) };
    }
    case 'boolean':
    case 'null_literal':
    case 'string_literal':
    case 'multi_line_string_literal':
      return { kind: 'literal', at, value: literalValue(node.type, lowering.text(node)) };
    case 'field_access':
      return fieldAccess(node, lowering);
    case 'array_access':
      return { kind: 'index', at, target: of('array'), index: of('index') };
    case 'method_invocation':
      return methodCall(node, lowering);
    case 'object_creation_expression':
      return creation(node, lowering);
    case 'array_creation_expression':
    case 'map_creation_expression':
      return collection(node, lowering);
    case 'assignment_expression': {
      const operator = part(node, 'operator');
      const isCompound = operator !== undefined && lowering.text(operator) !== '=';
      return { kind: 'assign', at, target: of('left'), value: of('right'), ...(isCompound && { isCompound }) };
    }
    case 'update_expression':
      return { kind: 'assign', at, target: of('operand'), value: { kind: 'literal', at, value: 1 }, isCompound: true };
    case 'binary_expression':
      return binary(node, lowering);
    case 'unary_expression': {
      const operator = part(node, 'operator');
      return { kind: 'operation', at, operator: operator ? lowering.text(operator) : '', operands: [of('operand')] };
    }
    case 'ternary_expression':
      return { kind: 'conditional', at, test: of('condition'), then: of('consequence'), else: of('alternative') };
    case 'cast_expression':
      return { kind: 'cast', at, type: typeOf('type'), value: of('value') };
    case 'instanceof_expression':
      return { kind: 'instanceof', at, type: typeOf('right'), value: of('left') };
    case 'class_literal':
      return { kind: 'class', at, type: typeName(node.children[0], lowering) };
    case 'query_expression':
      return { kind: 'query', at, query: lowerQuery(node, lowering, lowerExpression) };
    case 'bound_apex_expression':
      return lowerExpression(node.children[0], lowering);
    default:
      return { kind: 'unknown', at, syntax: node.type, parts: lowerAll(node.children, lowering) };
  }
}

/** Member accesses and calls start where their name stands: a chain of calls has one place for each. */
function fieldAccess(node: SyntaxNode, lowering: Lowering): Expression {
  const field = part(node, 'field');
  const target = part(node, 'object');
  const name = field ? lowering.text(field) : '';
  if (name.toLowerCase() === 'class' && target) {
    return { kind: 'class', at: lowering.at(node.start), type: lowering.text(target).replace(/\s+/g, '') };
  }
  return { kind: 'field', at: lowering.at((field ?? node).start), target: lowerExpression(target, lowering), name };
}

function methodCall(node: SyntaxNode, lowering: Lowering): Expression {
  const name = part(node, 'name');
  const target = part(node, 'object');
  return {
    kind: 'call',
    at: lowering.at((name ?? node).start),
    ...(target && { target: lowerExpression(target, lowering) }),
    name: name ? lowering.text(name) : '',
    args: lowerArguments(node, lowering),
  };
}

export function lowerArguments(node: SyntaxNode, lowering: Lowering): Expression[] {
  return lowerAll(part(node, 'arguments')?.children ?? [], lowering);
}

/** In `new Contact(LastName = x)` the assignments set fields; in `new Batch(size = 5)` there are none. */
function creation(node: SyntaxNode, lowering: Lowering): Expression {
  const args: Expression[] = [];
  const fields: FieldValue[] = [];
  for (const argument of lowerArguments(node, lowering)) {
    if (argument.kind === 'assign' && argument.target.kind === 'name') {
      fields.push({ name: argument.target.name, value: argument.value });
    } else args.push(argument);
  }
  return { kind: 'new', at: lowering.at(node.start), type: typeName(part(node, 'type'), lowering), args, fields };
}

function collection(node: SyntaxNode, lowering: Lowering): Expression {
  const named = typeName(part(node, 'type'), lowering);
  // `new Account[]{ … }` names the element, `new List<Account>{ … }` the collection.
  const dimensions = part(node, 'dimensions');
  const type = dimensions ? `List<${named}>` : named;
  const sizes = lowerAll(dimensions?.children ?? [], lowering);
  const entries = part(node, 'value')?.children ?? [];
  const isMap = node.type === 'map_creation_expression';
  const second = entries.map((entry) => (isMap ? entry.children[1] : entry)).filter((entry) => entry !== undefined);
  const keys = isMap ? entries.map((entry) => entry.children[0]).filter((entry) => entry !== undefined) : [];
  return {
    kind: 'collection',
    at: lowering.at(node.start),
    type,
    items: lowerAll(second, lowering),
    keys: lowerAll(keys, lowering),
    ...(sizes.length > 0 && { sizes }),
  };
}

/** Long chains of one operator, such as a text put together from hundreds of pieces, become one flat operation. */
function binary(node: SyntaxNode, lowering: Lowering): Expression {
  const operatorOf = (each: SyntaxNode): string => {
    const operator = part(each, 'operator');
    return operator ? lowering.text(operator) : '';
  };
  const operator = operatorOf(node);
  const operands: SyntaxNode[] = [];
  let left: SyntaxNode | undefined = node;
  while (left?.type === 'binary_expression' && operatorOf(left) === operator) {
    const right = part(left, 'right');
    if (right) operands.push(right);
    left = part(left, 'left');
  }
  if (left) operands.push(left);
  return { kind: 'operation', at: lowering.at(node.start), operator, operands: lowerAll(operands.reverse(), lowering) };
}

/** The initialisers of a declaration with one or more variables. */
export function declarators(
  node: SyntaxNode,
  lowering: Lowering,
): readonly { name: string; start: number; value: Expression | undefined }[] {
  return parts(node, 'declarator').map((declarator) => {
    const value = part(declarator, 'value');
    const name = part(declarator, 'name') ?? ofType(declarator, 'identifier') ?? declarator;
    return {
      name: lowering.text(name),
      start: declarator.start,
      value: value && lowerExpression(value, lowering),
    };
  });
}
