/** Text that is markup already. Only `html` makes it, so that nothing reaches a page unescaped. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | readonly Markup[];

/** Markup from a template: what is put into it is text, unless `html` made it. Attributes need double quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const [first = '', ...rest] = strings.map(onOneLine);
  return { markup: first + rest.map((text, index) => toMarkup(parts[index] ?? '') + text).join('') };
}

/** The lines of a template are for us; five hundred actions need their bytes. */
function onOneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}

export const nothing: Markup = { markup: '' };

/** Markup where the condition holds. */
export function when(condition: boolean, markup: () => Markup): Markup {
  return condition ? markup() : nothing;
}

/** A script or style of our own; the content security policy names the hash of exactly this text. */
export function ownCode(tag: 'script' | 'style', text: string): Markup {
  return { markup: `<${tag}>${text}</${tag}>` };
}

/** Data for the script: nothing in it can end the element or begin a comment. */
export function jsonData(id: string, value: unknown): Markup {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c');
  return { markup: `<script type="application/json" id="${id}">${json}</script>` };
}

function toMarkup(part: Part): string {
  if (typeof part === 'string') return escape(part);
  if (typeof part === 'number') return String(part);
  if ('markup' in part) return part.markup;
  return part.map(({ markup }) => markup).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? '');
}
