import type { AccessMode, Expression, Filter, Query } from './body.ts';
import { ofType } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import type { SyntaxNode } from './syntaxTree.ts';

/** How the Apex expressions inside a query are lowered. */
type LowerApex = (node: SyntaxNode, lowering: Lowering) => Expression;

/** The clauses of a query that decide what it returns; the rest only contributes binds. */
export function lowerQuery(node: SyntaxNode, lowering: Lowering, lowerApex: LowerApex): Query {
  const [body] = node.children;
  if (!body) return { objects: [], filters: [], binds: [] };
  return body.type === 'sosl_query_body' ? sosl(body, lowering, lowerApex) : soql(body, lowering, lowerApex);
}

function soql(body: SyntaxNode, lowering: Lowering, lowerApex: LowerApex): Query {
  const where = ofType(body, 'where_clause');
  const filters: Filter[] = [];
  const rest: SyntaxNode[] = body.children.filter(({ type }) => type !== 'where_clause' && type !== 'limit_clause');
  if (where) splitConditions(where, filters, rest, lowering, lowerApex);
  const limit = ofType(body, 'limit_clause')?.children[0];
  const access = accessOf(body, lowering);
  const isAggregate = returnsNoRecords(body, lowering);
  return {
    objects: fromObjects(body, lowering),
    fields: (ofType(body, 'select_clause')?.children ?? []).map((each) => lowering.text(each)),
    filters,
    binds: rest.flatMap((each) => bindsIn(each, lowering, lowerApex)),
    ...(limit && { limit: lowerApex(limit, lowering) }),
    ...(access && { access }),
    ...(isAggregate && { isAggregate }),
  };
}

function sosl(body: SyntaxNode, lowering: Lowering, lowerApex: LowerApex): Query {
  const returned = ofType(body, 'returning_clause')?.children.filter(({ type }) => type === 'sobject_return') ?? [];
  const limit = ofType(body, 'limit_clause')?.children[0];
  const access = accessOf(body, lowering);
  return {
    isSearch: true,
    objects: returned.flatMap(({ children: [name] }) => (name ? [lowering.text(name)] : [])),
    filters: [],
    binds: body.children.flatMap((each) => bindsIn(each, lowering, lowerApex)),
    ...(limit && { limit: lowerApex(limit, lowering) }),
    ...(access && { access }),
  };
}

function fromObjects(body: SyntaxNode, lowering: Lowering): string[] {
  const from = ofType(body, 'from_clause');
  const [storage] = from?.children ?? [];
  // An alias follows the name: `FROM Account a`.
  const name = storage?.type === 'storage_identifier' ? storage.children[0] : storage?.children[0]?.children[0];
  return name ? [lowering.text(name)] : [];
}

/** Conditions joined by AND narrow the query, each for itself; what stands under OR or NOT does not. */
function splitConditions(
  where: SyntaxNode,
  filters: Filter[],
  rest: SyntaxNode[],
  lowering: Lowering,
  lowerApex: LowerApex,
): void {
  const open = [...where.children];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'and_expression') {
      open.push(...node.children);
      continue;
    }
    const filter = node.type === 'comparison_expression' ? filterOf(node, lowering, lowerApex) : undefined;
    if (filter) filters.push(filter);
    else rest.push(node);
  }
  filters.reverse();
}

function filterOf(comparison: SyntaxNode, lowering: Lowering, lowerApex: LowerApex): Filter | undefined {
  const [field, operator, value] = comparison.children;
  if (field?.type !== 'field_identifier' || !operator || !value) return undefined;
  const sign = lowering.text(operator).toUpperCase();
  if (sign !== '=' && sign !== 'IN') return undefined;
  if (value.type === 'comparable_list') {
    const items = value.children.filter(({ type }) => apexValues.has(type)).map((child) => lowerApex(child, lowering));
    const at = lowering.at(value.start);
    return { field: lowering.text(field), value: { kind: 'collection', at, type: 'List<Object>', items, keys: [] } };
  }
  const isValue = apexValues.has(value.type);
  return isValue ? { field: lowering.text(field), value: lowerApex(value, lowering) } : undefined;
}

/** Values in a query that Apex has as well; the others, such as `TODAY`, select by themselves. */
const apexValues: ReadonlySet<string> = new Set(['bound_apex_expression', 'boolean', 'null_literal', 'string_literal']);

function bindsIn(node: SyntaxNode, lowering: Lowering, lowerApex: LowerApex): Expression[] {
  return lowering.nested(node, () =>
    node.type === 'bound_apex_expression'
      ? [lowerApex(node, lowering)]
      : node.children.flatMap((child) => bindsIn(child, lowering, lowerApex)),
  );
}

function accessOf(body: SyntaxNode, lowering: Lowering): AccessMode | 'security-enforced' | undefined {
  const clause = ofType(body, 'with_clause');
  const text = clause ? lowering.text(clause).replace(/\s+/g, ' ').toUpperCase() : '';
  if (text === 'WITH USER_MODE') return 'user';
  if (text === 'WITH SYSTEM_MODE') return 'system';
  return text === 'WITH SECURITY_ENFORCED' ? 'security-enforced' : undefined;
}

function returnsNoRecords(body: SyntaxNode, lowering: Lowering): true | undefined {
  if (ofType(body, 'group_by_clause')) return true;
  const selected = ofType(body, 'select_clause')?.children ?? [];
  const aggregates = selected.some(
    ({ type, children: [name] }) =>
      type === 'count_expression' ||
      (type === 'function_expression' && name && aggregateFunctions.has(lowering.text(name).toUpperCase())),
  );
  return aggregates || undefined;
}

const aggregateFunctions: ReadonlySet<string> = new Set(['AVG', 'COUNT', 'COUNT_DISTINCT', 'MIN', 'MAX', 'SUM']);
