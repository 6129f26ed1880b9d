/** Shows nothing and parts what a host would make a link of; hosts look for mentions after they read entities. */
const divider = '&#8203;';

/** What begins a mention or a reference on GitHub or GitLab, where a name or number follows. */
const reference = /(?<!\w)\\?[@#!~%$](?=["\w])/g;
const address = /:(?=\/\/)|\bwww(?=\.)/gi;

/** Plain text in Markdown, in a table cell too: nothing in it formats, links, mentions or ends the cell. */
export function escape(text: string): string {
  return text
    .replace(/[\\`*_{}[\]#|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(reference, `$&${divider}`)
    .replace(address, `$&${divider}`);
}

/** A name as code. A back quote would end the code, a bar the cell, also one behind a backslash of the name. */
export function code(text: string): string {
  if (text === '') return '';
  const safe = text.replaceAll('`', "'").replace(/\\+(?=\|)/g, (slashes) => '/'.repeat(slashes.length));
  return `\`${safe.replaceAll('|', '\\|')}\``;
}

export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

export function tableHead(titles: readonly string[]): string[] {
  return [row(titles), row(titles.map(() => '---'))];
}
