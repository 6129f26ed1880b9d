import { declarators } from './lowerExpression.ts';
import { ofType, part } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { lowerBody } from './lowerStatement.ts';
import { modifiersOf } from './modifiers.ts';
import type { ApexField, ApexInitializer, ApexMethod, ApexType, Parameter } from './summary.ts';
import type { SyntaxNode } from './syntaxTree.ts';
import { typeName } from './typeNames.ts';

const kinds: Readonly<Record<string, ApexType['kind']>> = {
  class_declaration: 'class',
  interface_declaration: 'interface',
  enum_declaration: 'enum',
};

/** Summarises a class, interface or enum. The bodies of test code are left out: no agent reaches them. */
export function lowerType(node: SyntaxNode, outer: string | undefined, lowering: Lowering): ApexType {
  const modifiers = modifiersOf(node, lowering);
  const own = nameOf(node, lowering);
  const name = outer === undefined ? own : `${outer}.${own}`;
  const members = modifiers.isTest ? [] : (part(node, 'body')?.children ?? []);
  const superclass = ofType(node, 'superclass')?.children[0];
  const { sharing, isAbstract, isTest } = modifiers;
  const isOpen = isAbstract ?? modifiers.isVirtual ?? (node.type === 'interface_declaration' || undefined);
  return {
    kind: kinds[node.type] ?? 'class',
    name,
    at: lowering.at(node.start),
    ...(sharing && { sharing }),
    ...(superclass && { superType: typeName(superclass, lowering) }),
    interfaces: interfacesOf(node, lowering),
    ...(isAbstract && { isAbstract }),
    ...(isOpen && { isOpen }),
    ...(isTest && { isTest }),
    fields: members.flatMap((member) => fieldsOf(member, lowering)),
    methods: members.filter(({ type }) => type === 'method_declaration').map((each) => lowerMethod(each, lowering)),
    constructors: members
      .filter(({ type }) => type === 'constructor_declaration')
      .map((each) => lowerMethod(each, lowering)),
    initializers: members.flatMap((member) => initializersOf(member, lowering)),
    inner: members
      .filter(({ type }) => kinds[type] !== undefined)
      .map((each) => lowering.nested(each, () => lowerType(each, name, lowering))),
  };
}

export function methodsOf(node: SyntaxNode, lowering: Lowering): ApexMethod[] {
  return node.children.filter(({ type }) => type === 'method_declaration').map((each) => lowerMethod(each, lowering));
}

function interfacesOf(node: SyntaxNode, lowering: Lowering): string[] {
  const clause = ofType(node, 'interfaces') ?? ofType(node, 'extends_interfaces');
  return clause?.children[0]?.children.map((each) => typeName(each, lowering)) ?? [];
}

function lowerMethod(node: SyntaxNode, lowering: Lowering): ApexMethod {
  const { isStatic, isTest, annotations } = modifiersOf(node, lowering);
  const body = part(node, 'body');
  const returned = part(node, 'type');
  return {
    name: nameOf(node, lowering),
    at: lowering.at((part(node, 'name') ?? node).start),
    parameters: parametersOf(node, lowering),
    returns: returned ? typeName(returned, lowering) : 'void',
    ...(isStatic && { isStatic }),
    ...(isTest && { isTest }),
    annotations,
    ...(body && !isTest && { body: lowerBody(body, lowering) }),
  };
}

function parametersOf(node: SyntaxNode, lowering: Lowering): Parameter[] {
  const parameters = part(node, 'parameters')?.children ?? [];
  return parameters
    .filter(({ type }) => type === 'formal_parameter')
    .map((each) => ({ name: nameOf(each, lowering), type: typeName(part(each, 'type'), lowering) }));
}

function fieldsOf(node: SyntaxNode, lowering: Lowering): ApexField[] {
  if (node.type !== 'field_declaration' && node.type !== 'constant_declaration') return [];
  const { isStatic, isFinal, annotations } = modifiersOf(node, lowering);
  const type = typeName(part(node, 'type'), lowering);
  const accessors = ofType(node, 'accessor_list')?.children ?? [];
  const accessor = (kind: 'get' | 'set'): SyntaxNode | undefined => {
    const found = accessors.find((each) => lowering.text(part(each, 'accessor') ?? each).toLowerCase() === kind);
    return found && part(found, 'body');
  };
  const getter = accessor('get');
  const setter = accessor('set');
  return declarators(node, lowering).map(({ name, start, value }) => ({
    name,
    type,
    at: lowering.at(start),
    ...(isStatic && { isStatic }),
    ...(isFinal && { isFinal }),
    annotations,
    ...(value && { value }),
    ...(getter && { getter: lowerBody(getter, lowering) }),
    ...(setter && { setter: lowerBody(setter, lowering) }),
  }));
}

function initializersOf(node: SyntaxNode, lowering: Lowering): ApexInitializer[] {
  const at = lowering.at(node.start);
  if (node.type === 'block') return [{ at, body: lowerBody(node, lowering) }];
  if (node.type !== 'static_initializer') return [];
  return [{ at, isStatic: true, body: lowerBody(ofType(node, 'block'), lowering) }];
}

function nameOf(node: SyntaxNode, lowering: Lowering): string {
  const name = part(node, 'name');
  return name ? lowering.text(name) : '';
}
