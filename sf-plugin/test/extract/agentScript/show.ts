import type { Expression, Item, Template } from '../../../src/extract/agentScript/ast.ts';
import { parseAgentScript } from '../../../src/extract/agentScript/parseAgentScript.ts';

/** An expression with all its brackets, operators first. */
function showExpression(value: Expression | Template): string {
  const all = (values: readonly Expression[]): string => values.map((each) => ` ${showExpression(each)}`).join('');
  switch (value.kind) {
    case 'string':
      return JSON.stringify(value.value);
    case 'number':
    case 'boolean':
    case 'datetime':
      return String(value.value);
    case 'none':
    case 'invalid':
      return value.kind;
    case 'ellipsis':
      return '...';
    case 'name':
      return value.name;
    case 'namespace':
      return `@${value.name}`;
    case 'member':
      return `(.${value.name}${all([value.object])})`;
    case 'subscript':
      return `([]${all([value.object, value.index])})`;
    case 'call':
      return `(call${all([value.callee, ...value.args])})`;
    case 'unary':
      return `(${value.operator}${all([value.operand])})`;
    case 'spread':
      return `(spread${all([value.operand])})`;
    case 'binary':
      return `(${value.operator}${all([value.left, value.right])})`;
    case 'ternary':
      return `(if${all([value.condition, value.consequence, value.alternative])})`;
    case 'list':
      return `[${all(value.items).trim()}]`;
    case 'dictionary':
      return `{${value.pairs.map((pair) => `${pair.key}: ${showExpression(pair.value)}`).join(', ')}}`;
    case 'template':
      return value.parts.map((part) => (typeof part === 'string' ? part : `<${showExpression(part)}>`)).join('');
  }
}

/** Items one a line, indented by two, without their places. */
function showItems(items: readonly Item[], indent = ''): string[] {
  return items.flatMap((item) => {
    switch (item.kind) {
      case 'entry': {
        const words = [item.name, item.modifier, item.value && showExpression(item.value)];
        const initial = item.initial ? ` = ${showExpression(item.initial)}` : '';
        const head = [`${item.key}:`, ...words.filter((word) => word !== undefined)].join(' ');
        const clauses = showItems(item.clauses, `${indent}  `);
        return [indent + head + initial, ...clauses, ...showItems(item.body, `${indent}  `)];
      }
      case 'element':
        return [
          `${indent}-${item.value ? ` ${showExpression(item.value)}` : ''}`,
          ...showItems(item.body, `${indent}  `),
        ];
      case 'template':
        return [`${indent}|${showExpression(item)}`];
      case 'set':
        return [`${indent}set ${showExpression(item.target)} = ${showExpression(item.value)}`];
      case 'run':
      case 'collect':
        return [`${indent}${item.kind} ${showExpression(item.target)}`, ...showItems(item.body, `${indent}  `)];
      case 'if':
        return [
          ...item.branches.flatMap((branch) => [
            `${indent}if ${showExpression(branch.condition)}`,
            ...showItems(branch.body, `${indent}  `),
          ]),
          ...(item.otherwise.length > 0 ? [`${indent}else`, ...showItems(item.otherwise, `${indent}  `)] : []),
        ];
      case 'transition':
        return [`${indent}transition`, ...showItems(item.clauses, `${indent}  `)];
      case 'available-when':
        return [`${indent}available when ${showExpression(item.condition)}`];
      case 'with':
        return [`${indent}with ${item.parameter} = ${showExpression(item.value)}`];
      case 'to':
        return [`${indent}to ${showExpression(item.target)}`];
      case 'unreadable':
        return [`${indent}unreadable`, ...showItems(item.body, `${indent}  `)];
    }
  });
}

/** What a script says, and its problems as `line:column reason`. */
export function read(text: string): { items: string[]; problems: string[] } {
  const { script, problems } = parseAgentScript('x.agent', text);
  return {
    items: showItems(script.items),
    problems: problems.map(({ place, reason }) => `${String(place.line)}:${String(place.column)} ${reason}`),
  };
}

/** What a script says that has no problems. */
export function readClean(text: string): string[] {
  const { items, problems } = read(text);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return items;
}
