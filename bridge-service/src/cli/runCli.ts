import { parseArgs } from 'node:util';
import { UsageError, type Around, type Command, type Given, type Report } from './command.ts';

/** Where a command writes: what it found, and what it says beside it. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** 0 all is well, 1 the command found something or failed, 2 it was called wrongly; undefined while it serves. */
export type ExitCode = 0 | 1 | 2 | undefined;

/**
 * Runs one command of the table.
 *
 * @throws whatever the command throws: the caller knows which errors are for the reader
 */
export async function runCli(
  commands: readonly Command[],
  args: readonly string[],
  environment: Around['environment'],
  { out, err }: Streams,
): Promise<ExitCode> {
  const found = findCommand(commands, args);
  if (found === undefined) {
    const isAsked = args[0] === undefined || args[0] === 'help' || args.includes('--help');
    (isAsked ? out : err)(usageOf(commands));
    return isAsked ? 0 : 2;
  }
  const { command, rest } = found;
  try {
    const given = parse(command, rest);
    if (given.isSet('help')) {
      out(helpOf(command));
      return 0;
    }
    const report = await command.run(given, { environment, say: out, tell: err });
    if (report === undefined) return undefined;
    out(given.isSet('json') ? JSON.stringify(report.json, undefined, 2) : report.text);
    return report.ok ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    err(`${error.message}\n\n${helpOf(command)}`);
    return 2;
  }
}

/** The longest name that the arguments begin with. */
function findCommand(
  commands: readonly Command[],
  args: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } | undefined {
  const words = ({ name }: Command): readonly string[] => name.split(' ');
  const fits = (command: Command): boolean => words(command).every((word, at) => args[at] === word);
  const [command] = commands.filter(fits).toSorted((a, b) => words(b).length - words(a).length);
  return command && { command, rest: args.slice(words(command).length) };
}

const everyCommand = {
  json: { help: 'print JSON' },
  help: { help: 'show this' },
};

function parse(command: Command, args: readonly string[]): Given {
  const options = { ...command.options, ...everyCommand };
  const { positionals, values } = read(options, args);
  const isHelp = values['help'] === true;
  if (!isHelp && positionals.length !== command.takes.length) {
    throw new UsageError(`it takes ${command.takes.length === 0 ? 'no argument' : command.takes.join(' ')}`);
  }
  const option = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    positionals,
    option,
    required(name) {
      const value = option(name);
      if (value === undefined) throw new UsageError(`--${name} is missing`);
      return value;
    },
    isSet: (name) => values[name] === true,
  };
}

function read(options: Command['options'], args: readonly string[]) {
  const types = Object.entries(options).map(([name, { value }]) => [
    name,
    { type: value === undefined ? ('boolean' as const) : ('string' as const) },
  ]);
  try {
    return parseArgs({
      args: [...args],
      options: Object.fromEntries(types) as Record<string, { type: 'boolean' | 'string' }>,
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError(String((error as Partial<Error>).message));
  }
}

/** All commands, a line each. */
function usageOf(commands: readonly Command[]): string {
  const lines = commands.map((command): readonly [string, string] => [callOf(command), command.summary]);
  return `Usage: bridge <command>\n\n${columns(lines)}\n\n"bridge <command> --help" says more. Exit code: 0 well, 1 look at it, 2 called wrongly.`;
}

function helpOf(command: Command): string {
  const options = Object.entries({ ...command.options, ...everyCommand }).map(
    ([name, { value, help }]: readonly [string, { value?: string; help: string }]): readonly [string, string] => [
      `--${name}${value === undefined ? '' : ` ${value}`}`,
      help,
    ],
  );
  const details = command.details === '' ? '' : `\n${command.details}\n`;
  return `Usage: bridge ${callOf(command)} [options]\n\n${command.summary}\n${details}\n${columns(options)}`;
}

function callOf({ name, takes }: Command): string {
  return [name, ...takes].join(' ');
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}

/** A report that is one sentence. */
export function sentence(ok: boolean, text: string, json: object): Report {
  return { ok, text, json: { ok, ...json } };
}
