import { exitCodes } from '../src/actions/exitCodes.ts';

/** The documentation of one command in Markdown, from what its help shows. */
export function readmeSection(id, { summary, description, examples, flags }) {
  return [
    `### \`sf ${id}\``,
    '',
    summary,
    '',
    description,
    '',
    ...table(['flag', 'meaning'], Object.entries(flags).map(flagRow)),
    '',
    ...table(
      ['exit code', 'meaning'],
      Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning]),
    ),
    '',
    ...examples.flatMap((example) => exampleLines(example, id)),
  ].join('\n');
}

function flagRow([name, { char, type, options, multiple, summary, default: fallback }]) {
  const short = char ? `-${char}, ` : '';
  const value = type === 'boolean' ? '' : ` <${options ? options.join('|') : 'value'}>`;
  const more = multiple ? ' …' : '';
  const standard = type === 'boolean' || fallback === undefined ? '' : ` Default: \`${fallback}\`.`;
  return [`\`${short}--${name}${value}\`${more}`, `${summary}${standard}`];
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
