/** Kinds of tags that stand alone: their text is a name, a value or nothing, so white space around it means nothing. */
const tag = /<(\/?)([A-Za-z]\w*)((?:\s[^<>]*?)?)(\/?)>/g;

/**
 * The same metadata as another formatter would leave it: breaks inside tags and around texts, no indentation. Other files
 * are left alone.
 */
export function reformatXml(path: string, text: string): string {
  if (!text.startsWith('<?xml') || path.endsWith('.agent')) return text;
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replaceAll(tag, (_, closing: string, name: string, attributes: string, empty: string) =>
      closing ? `\n</${name}\n>` : `<${name}${attributes}\n  ${empty}>${empty ? '' : '\n\t'}`,
    );
}
