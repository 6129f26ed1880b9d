import { Cursor } from '../../../extract/agentScript/cursor.ts';
import type { Expression } from '../../../extract/agentScript/ast.ts';
import { parseExpression } from '../../../extract/agentScript/expressions.ts';
import type { Json } from '../../../extract/json/json.ts';
import type { Constant } from '../../agent.ts';
import { modelSources, noSources, unite, type CallSite, type Sources } from '../trust/sources.ts';

/** Longer than any condition or binding; prompts are longer, and nothing is decided by them. */
const maxLength = 65_536;

const stringLiteral = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/gs;
const placeholder = /\{\{[^{}]*\}\}/g;
/** A name, or a path of names, and the parenthesis that makes it a call. */
const reference = /(?<![\w.])([A-Za-z_]\w*)((?:\s*\.\s*\w+)*)(\s*\()?/g;
const operators = new Set(['True', 'False', 'None', 'and', 'or', 'not', 'is', 'in', 'if', 'else']);

/**
 * The sources of an expression, or of all the expressions in a structure. Results of calls count as
 * chosen by the model, and so does what is not understood.
 *
 * @param call whose result the expression can name; `undefined` where it can name none
 */
export function sourcesOf(value: Json | undefined, call: CallSite | undefined): Sources {
  switch (value?.kind) {
    case undefined:
      return noSources;
    case 'scalar':
      return typeof value.value === 'string' ? sourcesOfText(value.value, call) : noSources;
    case 'array':
      return unite(value.items.map((item) => sourcesOf(item, call)));
    case 'object':
      return unite(value.members.map((member) => sourcesOf(member.value, call)));
  }
}

function sourcesOfText(text: string, call: CallSite | undefined): Sources {
  if (text.length > maxLength) return modelSources;
  // In a template, only what stands in braces is computed.
  const isTemplate = text.startsWith('template::');
  const code = isTemplate ? [...text.matchAll(placeholder)].map(([whole]) => whole).join(' ') : text;
  const expression = code.replace(stringLiteral, ' ');
  return unite(
    [...expression.matchAll(reference)].map(([, root = '', path = '', parenthesis]) => {
      const [, name] = path.split(/\s*\.\s*/, 2);
      if (name !== undefined) return sourceOf(root, name, call);
      return parenthesis !== undefined || operators.has(root) ? noSources : modelSources;
    }),
  );
}

/** The source that `root.name` is. */
export function sourceOf(root: string, name: string, call: CallSite | undefined): Sources {
  if (root === 'state') return { chosenBy: 'derived', origins: [name] };
  if (root === 'variables') return { chosenBy: 'linked', origins: [] };
  return root === 'result' && call ? { chosenBy: 'derived', origins: [call] } : modelSources;
}

/** The syntax of a condition, as far as it is that of Agent Script; `undefined` where it is not. */
export function parseCondition(text: string): Expression | undefined {
  // Line breaks and comments mean something in a script only.
  if (text.length > maxLength || /[\r\n#\\]/.test(text)) return undefined;
  const cursor = new Cursor('', text.trim());
  const expression = parseExpression(cursor);
  return cursor.atLineEnd() && cursor.problems.length === 0 ? expression : undefined;
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
