import type { Json } from '../../../extract/json/json.ts';
import type { Constant } from '../../agent.ts';

/** What a value is computed from. */
export interface Sources {
  /** Variables of the conversation. */
  readonly state: readonly string[];
  /** A variable that the channel fills is among the sources. */
  readonly linked: boolean;
  /** The result of a call is among the sources, or something that was not understood. */
  readonly model: boolean;
}

/** Longer than any condition or binding; prompts are longer, and nothing is decided by them. */
const maxLength = 65_536;

const stringLiteral = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/gs;
const placeholder = /\{\{[^{}]*\}\}/g;
/** A name, or a path of names, and the parenthesis that makes it a call. */
const reference = /(?<![\w.])([A-Za-z_]\w*)((?:\s*\.\s*\w+)*)(\s*\()?/g;
const operators = new Set(['True', 'False', 'None', 'and', 'or', 'not', 'is', 'in', 'if', 'else']);

/** The sources of an expression, or of all the expressions in a structure. */
export function sourcesOf(value: Json | undefined): Sources {
  switch (value?.kind) {
    case undefined:
      return { state: [], linked: false, model: false };
    case 'scalar':
      return typeof value.value === 'string' ? sourcesOfText(value.value) : sourcesOf(undefined);
    case 'array':
      return union(value.items.map(sourcesOf));
    case 'object':
      return union(value.members.map((each) => sourcesOf(each.value)));
  }
}

function union(all: readonly Sources[]): Sources {
  return {
    state: [...new Set(all.flatMap(({ state }) => state))],
    linked: all.some(({ linked }) => linked),
    model: all.some(({ model }) => model),
  };
}

function sourcesOfText(text: string): Sources {
  if (text.length > maxLength) return { state: [], linked: false, model: true };
  // In a template, only what stands in braces is computed.
  const isTemplate = text.startsWith('template::');
  const code = isTemplate ? [...text.matchAll(placeholder)].map(([whole]) => whole).join(' ') : text;
  const expression = code.replace(stringLiteral, ' ');
  return union([...expression.matchAll(reference)].map(([, root = '', path = '', call]) => sourceOf(root, path, call)));
}

function sourceOf(root: string, path: string, call: string | undefined): Sources {
  const [, name] = path.split(/\s*\.\s*/, 2);
  if (root === 'state' && name !== undefined) return { state: [name], linked: false, model: false };
  if (root === 'variables' && name !== undefined) return { state: [], linked: true, model: false };
  const isKnown = name === undefined && (call !== undefined || operators.has(root));
  return { state: [], linked: false, model: !isKnown };
}

/** The value of a literal; `undefined` for every other expression. */
export function literalOf(value: Json | undefined): Constant | undefined {
  if (value?.kind !== 'scalar') return undefined;
  if (typeof value.value !== 'string') return value.value;
  const text = value.value.trim();
  const keyword = keywords.get(text);
  if (keyword !== undefined) return keyword;
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  return quoted(text);
}

const keywords: ReadonlyMap<string, Constant> = new Map<string, Constant>([
  ['True', true],
  ['False', false],
  ['None', null],
]);

/** The content of one string literal without escapes. */
function quoted(text: string): string | undefined {
  const [, , content] = /^(["'])([^"'\\]*)\1$/.exec(text) ?? [];
  return content;
}

/** The variable that an expression is, where it is nothing but one. */
export function stateVariable(value: Json): string | undefined {
  const text = value.kind === 'scalar' && typeof value.value === 'string' ? value.value : '';
  return /^state\.(\w+)$/.exec(text.trim())?.[1];
}
