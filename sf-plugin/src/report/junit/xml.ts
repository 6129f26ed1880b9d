/** An element. Its content is other elements, or text. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: readonly string[] | string = [],
): string {
  const head = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escape(String(value))}"`)].join(
    ' ',
  );
  if (content.length === 0) return `<${head}/>`;
  if (typeof content === 'string') return `<${head}>${escape(content)}</${name}>`;
  return [`<${head}>`, ...content.map(indented), `</${name}>`].join('\n');
}

/** Text keeps its line breaks; what XML 1.0 does not allow becomes a replacement character. */
function escape(text: string): string {
  return text
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Lines of text in an element stay where they are: only lines that begin with markup move. */
function indented(markup: string): string {
  return markup.replace(/^(?=\s*<)/gm, '  ');
}
