import { comment } from './comments.ts';
import { lowerBody } from './lowerStatement.ts';
import { Lowering, ofType, part } from './lowering.ts';
import { lowerType, methodsOf } from './lowerType.ts';
import type { ApexParser } from './parser.ts';
import type { ApexTrigger, ApexUnit } from './summary.ts';
import type { SyntaxNode } from './syntaxTree.ts';

const declarations: ReadonlySet<string> = new Set(['class_declaration', 'interface_declaration', 'enum_declaration']);

/**
 * Summarises one class or trigger file.
 *
 * @throws UnreadableError where code is nested more deeply than the analysis follows
 */
export function summarizeApex(parser: ApexParser, file: string, written: string): ApexUnit {
  const text = withPlainHeader(written);
  const { root, errors } = parser.parse(withPlainNames(text));
  const lowering = new Lowering(file, text);
  const type = root.children.find((child) => declarations.has(child.type));
  const trigger = ofType(root, 'trigger_declaration');
  return {
    ...(type && { type: lowerType(type, undefined, lowering) }),
    ...(trigger && { trigger: lowerTrigger(trigger, lowering) }),
    syntaxErrors: errors.map((offset) => lowering.at(offset)),
  };
}

/** No header is longer, comments included. */
const longestHeader = 4000;

/**
 * The text with blanks for the comments in the header of a trigger: the grammar takes the time and the
 * operation of an event for one word. Every place stays where it is.
 */
function withPlainHeader(text: string): string {
  const plain = text.slice(0, longestHeader).replace(comment, (each) => each.replace(/[^\r\n]/g, ' '));
  const end = plain.indexOf('{');
  return end !== -1 && /^\s*trigger\b/i.test(plain) ? plain.slice(0, end) + text.slice(end) : text;
}

/**
 * The text with other names of the same length where the grammar takes one for something else: for the declaration of
 * a trigger in `Trigger.new[0].addError(…)` at the start of a statement, for a type in `boolean.valueOf(…)`. Names are
 * read from the text as it was.
 */
function withPlainNames(text: string): string {
  return text.replace(/\btrigger(?=\s*\.)/gi, 'context').replace(/\bboolean(?=\s*\.)/g, 'Boolean');
}

function lowerTrigger(node: SyntaxNode, lowering: Lowering): ApexTrigger {
  const name = part(node, 'name');
  const object = part(node, 'object');
  const block = ofType(part(node, 'body') ?? node, 'block');
  const events = node.children.filter(({ type }) => type === 'trigger_event');
  return {
    name: name ? lowering.text(name) : '',
    object: object ? lowering.text(object) : '',
    events: events.map((event) => lowering.text(event).replace(/\s+/g, ' ').toLowerCase()),
    at: lowering.at(node.start),
    body: lowerBody(block, lowering),
    methods: block ? methodsOf(block, lowering) : [],
  };
}
