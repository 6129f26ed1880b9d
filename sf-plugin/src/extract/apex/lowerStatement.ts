import type { AccessMode, DmlVerb, LoopVariable, Statement, SwitchCase } from './body.ts';
import { declarators, lowerAll, lowerArguments, lowerExpression } from './lowerExpression.ts';
import { ofType, part, parts } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import type { SyntaxNode } from './syntaxTree.ts';
import { typeName } from './typeNames.ts';

const verbs: ReadonlySet<string> = new Set<DmlVerb>(['insert', 'update', 'upsert', 'delete', 'undelete', 'merge']);

/** The statements of a block; of anything else, the one statement it is. */
export function lowerBody(node: SyntaxNode | undefined, lowering: Lowering): Statement[] {
  if (!node) return [];
  const isBlock = node.type === 'block' || node.type === 'constructor_body';
  return (isBlock ? node.children : [node]).flatMap((child) => lowerStatement(child, lowering));
}

/** A declaration of several variables is several statements; a lone `;` and a skipped token are none. */
function lowerStatement(node: SyntaxNode, lowering: Lowering): Statement[] {
  return lowering.nested(node, () => {
    const at = lowering.at(node.start);
    if (node.type === 'local_variable_declaration') {
      const type = typeName(part(node, 'type'), lowering);
      return declarators(node, lowering).map(({ name, start, value }) => ({
        kind: 'local',
        at: lowering.at(start),
        type,
        name,
        ...(value && { value }),
      }));
    }
    if (node.type === 'ERROR' || node.type === 'method_declaration') return [];
    return [lower(node, at, lowering)];
  });
}

function lower(node: SyntaxNode, at: number, lowering: Lowering): Statement {
  const body = (field: string): Statement[] => lowerBody(part(node, field), lowering);
  const only = node.children[0];
  switch (node.type) {
    case 'expression_statement':
      return only?.type === 'dml_expression'
        ? dml(only, lowering)
        : { kind: 'expression', at, value: lowerExpression(only, lowering) };
    case 'block':
      return { kind: 'block', at, body: lowerBody(node, lowering) };
    case 'run_as_statement':
      return { kind: 'block', at, body: lowerBody(ofType(node, 'block'), lowering) };
    case 'return_statement':
    case 'throw_statement': {
      const kind = node.type === 'return_statement' ? 'return' : 'throw';
      return { kind, at, ...(only && { value: lowerExpression(only, lowering) }) };
    }
    case 'break_statement':
    case 'continue_statement':
      return { kind: 'jump', at };
    case 'if_statement': {
      const test = lowerExpression(part(node, 'condition'), lowering);
      return { kind: 'if', at, test, then: body('consequence'), else: body('alternative') };
    }
    case 'enhanced_for_statement': {
      const iterable = lowerExpression(part(node, 'value'), lowering);
      return { kind: 'for-each', at, variable: variableOf(node, lowering), iterable, body: body('body') };
    }
    case 'for_statement':
    case 'while_statement':
    case 'do_statement': {
      const test = part(node, 'condition');
      return {
        kind: 'loop',
        at,
        init: parts(node, 'init').flatMap((init) => initOf(init, lowering)),
        ...(test && { test: lowerExpression(test, lowering) }),
        update: lowerAll(parts(node, 'update').filter(isNamed), lowering),
        body: body('body'),
      };
    }
    case 'switch_expression': {
      const rules = part(node, 'body')?.children.filter(({ type }) => type === 'switch_rule') ?? [];
      const subject = lowerExpression(part(node, 'condition'), lowering);
      return { kind: 'switch', at, subject, cases: rules.map((rule) => switchCase(rule, lowering)) };
    }
    case 'try_statement': {
      const clauses = node.children.filter(({ type }) => type === 'catch_clause');
      const last = ofType(node, 'finally_clause');
      return {
        kind: 'try',
        at,
        body: body('body'),
        catches: clauses.map((clause) => ({
          variable: variableOf(ofType(clause, 'formal_parameter') ?? clause, lowering),
          body: lowerBody(part(clause, 'body'), lowering),
        })),
        finally: last ? lowerBody(ofType(last, 'block'), lowering) : [],
      };
    }
    case 'explicit_constructor_invocation': {
      const constructor = part(node, 'constructor');
      const name = constructor?.type === 'super' ? 'super' : 'this';
      const call = { kind: 'call', at, name, args: lowerArguments(node, lowering) } as const;
      return { kind: 'expression', at, value: call };
    }
    default:
      return { kind: 'expression', at, value: lowerExpression(node, lowering) };
  }
}

/** The commas between the parts of a `for` carry the role of the parts. */
function isNamed({ type }: SyntaxNode): boolean {
  return type !== ',';
}

function initOf(node: SyntaxNode, lowering: Lowering): Statement[] {
  if (!isNamed(node)) return [];
  if (node.type === 'local_variable_declaration') return lowerStatement(node, lowering);
  return [{ kind: 'expression', at: lowering.at(node.start), value: lowerExpression(node, lowering) }];
}

function variableOf(node: SyntaxNode, lowering: Lowering): LoopVariable {
  const name = part(node, 'name');
  return { type: typeName(part(node, 'type'), lowering), name: name ? lowering.text(name) : '' };
}

function dml(node: SyntaxNode, lowering: Lowering): Statement {
  const written = lowering.text(ofType(node, 'dml_type') ?? node).toLowerCase();
  const verb = verbs.has(written) ? (written as DmlVerb) : 'upsert';
  const mode = node.children.find(({ type }) => type === 'dml_security_mode');
  const merged = part(node, 'merge_with');
  return {
    kind: 'dml',
    at: lowering.at(node.start),
    verb,
    ...(mode && { access: lowering.text(mode).toLowerCase() as AccessMode }),
    operand: lowerExpression(part(node, 'target'), lowering),
    ...(merged && { merged: lowerExpression(merged, lowering) }),
  };
}

function switchCase(rule: SyntaxNode, lowering: Lowering): SwitchCase {
  const labels = ofType(rule, 'switch_label')?.children.filter(({ type }) => type !== ',') ?? [];
  const body = lowerBody(ofType(rule, 'block'), lowering);
  const typed = labels.find(({ type }) => type === 'when_sobject_type');
  if (typed) {
    const [type, name] = typed.children;
    const variable = { type: typeName(type, lowering), name: name ? lowering.text(name) : '' };
    return { values: [], variable, body };
  }
  return labels.length === 0 ? { values: [], isElse: true, body } : { values: lowerAll(labels, lowering), body };
}
