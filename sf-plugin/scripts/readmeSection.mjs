/** The documentation of one command in Markdown, from what its help shows. */
export function readmeSection(id, { summary, description, examples, args = {}, flags, errorCodes }) {
  return [
    `### \`sf ${id}\``,
    '',
    summary,
    '',
    description,
    '',
    ...argumentTable(Object.entries(args)),
    ...table(['flag', 'meaning'], Object.entries(flags).map(flagRow)),
    '',
    ...table(
      ['exit code', 'meaning'],
      errorCodes.body.map(({ name, description: meaning }) => [name, meaning]),
    ),
    '',
    ...examples.flatMap((example) => exampleLines(example, id)),
  ].join('\n');
}

function argumentTable(args) {
  if (args.length === 0) return [];
  return [
    ...table(
      ['argument', 'meaning'],
      args.map(([name, { description }]) => [`\`<${name}>\``, prose(description)]),
    ),
    '',
  ];
}

/** GitHub takes `<agent>` outside code for a tag. */
function prose(text) {
  return text.replaceAll('<', '&lt;');
}

function flagRow([name, { char, type, options, multiple, summary, default: fallback }]) {
  const short = char ? `-${char}, ` : '';
  const value = type === 'boolean' ? '' : ` <${options ? options.join('|') : 'value'}>`;
  const more = multiple ? ' …' : '';
  const standard = type === 'boolean' || fallback === undefined ? '' : ` Default: \`${fallback}\`.`;
  return [`\`${short}--${name}${value}\`${more}`, `${prose(summary)}${standard}`];
}

/** A message is a bullet with the purpose, an empty line and the command as an EJS template. */
function exampleLines(example, id) {
  const [purpose = '', ...rest] = example.split('\n').filter((line) => line.trim() !== '');
  const command = rest.map((line) => line.trim().replace('<%= config.bin %>', 'sf').replace('<%= command.id %>', id));
  return [purpose, '', '```shell', ...command, '```', ''];
}

function table(titles, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)];
}
