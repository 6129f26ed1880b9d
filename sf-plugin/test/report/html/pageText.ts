/** What a reader sees of the section with an id: its text without markup, each run of white space as one space. */
export function sectionText(page: string, id: string): string {
  const [, section = ''] = new RegExp(`<section id="${id}".*?>(.*?)</section>`, 's').exec(page) ?? [];
  return textOf(section);
}

export function textOf(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};
