import { ApexParserFactory } from '@apexdevtools/apex-parser';

/**
 * The fields that the queries of a file name, each as an Apex expression whose type check finds out whether the field
 * exists: `[SELECT Account.Name FROM Order]` becomes `o.Account.Name` on an `Order o`. The type checker knows every
 * standard field, but looks into no query. Fields behind a relationship to a standard object to which the project adds
 * fields are not found out: for these the checker lets any name pass.
 *
 * @param {string} source Apex
 * @returns {{ object: string, expression: string, line: number }[]} in the order of the source
 */
export function queryProbes(source, isTrigger = false) {
  const parser = ApexParserFactory.createParser(source);
  const probes = [];
  visit(isTrigger ? parser.triggerUnit() : parser.compilationUnit(), (node) => {
    if (kind(node) !== 'QueryContext') return true;
    probe(node, undefined, probes);
    return false;
  });
  return probes;
}

/** @param from of the query around this one, if it is a list of children */
function probe(query, parent, probes) {
  const [fromNode] = childrenOf(query, 'FromNameListContext');
  const [nameNode, alias] = fromNode.children.filter(({ constructor }) =>
    /^(FieldName|SoqlId)Context$/.test(constructor.name),
  );
  const name = nameNode.getText();
  const from = parent ? { object: parent.object, prefix: `${parent.prefix}${name}[0].` } : { object: name, prefix: '' };
  const own = parent ? `o.${parent.prefix}${name}` : field('', name, 'Id');
  probes.push({ object: from.object, expression: own, line: nameNode.start.line });
  const aliases = aliasesOf(query);
  visit(query, (node) => {
    if (node === fromNode) return false;
    if (kind(node) === 'SubQueryContext' && node !== query) {
      probe(node, kind(node.parentCtx) === 'SelectEntryContext' ? from : undefined, probes);
      return false;
    }
    if (kind(node) !== 'FieldNameContext') return true;
    const path = withoutAlias(node.getText(), alias?.getText());
    if (!aliases.has(path.toLowerCase())) {
      probes.push({ object: from.object, expression: field(from.prefix, from.object, path), line: node.start.line });
    }
    return false;
  });
}

/** The constructor is checked more strictly than an access, so it is taken where it can be. */
function field(prefix, object, path) {
  return prefix === '' && !path.includes('.') ? `new ${object}(${path} = null)` : `o.${prefix}${path}`;
}

/** Names that the query gives to results of functions: they are no fields. */
function aliasesOf(query) {
  const names = new Set();
  visit(query, (node) => {
    if (kind(node) !== 'SelectEntryContext') return true;
    const [first, second] = node.children;
    if (kind(first) === 'SoqlFunctionContext' && second) names.add(second.getText().toLowerCase());
    return false;
  });
  return names;
}

function withoutAlias(path, alias) {
  const [first, ...rest] = path.split('.');
  return alias && rest.length > 0 && first.toLowerCase() === alias.toLowerCase() ? rest.join('.') : path;
}

function childrenOf(node, name) {
  return node.children.filter((child) => kind(child) === name);
}

function kind(node) {
  return node?.constructor.name;
}

/** Goes down a syntax tree as long as `enter` says so. */
export function visit(node, enter) {
  if (!enter(node)) return;
  for (const child of node.children ?? []) visit(child, enter);
}
