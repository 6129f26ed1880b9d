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
const reference = /\b([A-Za-z_]\w*)\s*\.\s*(\w+)/g;

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
  const references = [...expression.matchAll(reference)].map(([, root = '', name = '']) => ({ root, name }));
  return {
    state: [...new Set(references.flatMap(({ root, name }) => (root === 'state' ? name : [])))],
    linked: references.some(({ root }) => root === 'variables'),
    model: references.some(({ root }) => root !== 'state' && root !== 'variables'),
  };
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
