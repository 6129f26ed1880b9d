/** Kinds of tags that stand alone: their text is a name, a value or nothing, so white space around it means nothing. */
const tag = /<(\/?)([A-Za-z]\w*)((?:\s[^<>]*?)?)(\/?)>/g;

/** The library looks for these by their text: the corpus has a case for it, automation/whiteSpaceInTags. */
const lookedForByText: ReadonlySet<string> = new Set(['triggerType', 'overriddenFlow']);

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
    .replaceAll(tag, (whole, closing: string, name: string, attributes: string, empty: string) =>
      lookedForByText.has(name)
        ? whole
        : closing
          ? `\n</${name}\n>`
          : `<${name}${attributes}\n  ${empty}>${empty ? '' : '\n\t'}`,
    );
}
