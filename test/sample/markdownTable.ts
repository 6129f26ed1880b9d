/** One row of a table, by the text of its column's heading. */
export type Row = Readonly<Record<string, string>>;

/** The first table under a heading of a Markdown page, without the back quotes. */
export function tableUnder(markdown: string, heading: string): readonly Row[] {
  const lines = markdown.split('\n');
  const start = lines.indexOf(heading);
  if (start === -1) throw new Error(`no heading ${heading}`);
  const first = lines.findIndex((line, at) => at > start && line.startsWith('|'));
  const after = lines.findIndex((line, at) => at > first && !line.startsWith('|'));
  const [columns = [], , ...rows] = lines.slice(first, after).map(cells);
  return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? ''])));
}

function cells(line: string): string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim().replaceAll('`', ''));
}
