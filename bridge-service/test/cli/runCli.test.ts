import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Command, Report } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands/index.ts';
import { runCli, sentence } from '../../src/cli/runCli.ts';

const verdicts: Record<string, Report | undefined> = {
  good: sentence(true, 'all is well', { entries: 3 }),
  bad: sentence(false, 'look here', {}),
  serving: undefined,
};
const look: Command = {
  name: 'audit look',
  takes: ['<what>'],
  summary: 'looks',
  details: 'From outside.',
  options: { key: { value: '<key>', help: 'which' }, hard: { help: 'looks twice' } },
  run: ({ positionals: [what = ''], required, isSet }, { tell }) => {
    tell(`looking with ${required('key')}${isSet('hard') ? ', twice' : ''}`);
    return Promise.resolve(verdicts[what]);
  },
};
const audit: Command = { ...look, name: 'audit', takes: [], options: {}, run: () => Promise.resolve(verdicts['good']) };

async function call(...args: readonly string[]) {
  const printed = { out: [] as string[], err: [] as string[] };
  const code = await runCli(
    [look, audit],
    args,
    {},
    {
      out: (text) => printed.out.push(text),
      err: (text) => printed.err.push(text),
    },
  );
  return { code, out: printed.out.join('\n'), err: printed.err.join('\n') };
}

describe('bridge <command>', () => {
  it('tells people a sentence and scripts JSON, and ends as it has found', async () => {
    expect(await call('audit', 'look', 'good', '--key', 'k')).toEqual({
      code: 0,
      out: 'all is well',
      err: 'looking with k',
    });
    const { code, out, err } = await call('audit', 'look', 'bad', '--key', 'k', '--hard', '--json');
    expect([code, JSON.parse(out), err]).toEqual([1, { ok: false }, 'looking with k, twice']);
    expect(JSON.parse((await call('audit', '--json')).out)).toEqual({ ok: true, entries: 3 });
    expect(await call('audit', 'look', 'serving', '--key', 'k')).toMatchObject({ code: undefined, out: '' });
  });

  it('shows every command, and of one everything', async () => {
    const usage = [
      'Usage: bridge <command>',
      '',
      '  audit look <what>  looks',
      '  audit              looks',
      '',
      '"bridge <command> --help" says more. Exit code: 0 well, 1 look at it, 2 called wrongly.',
    ].join('\n');
    const help = [
      'Usage: bridge audit look <what> [options]',
      '',
      'looks',
      '',
      'From outside.',
      '',
      '  --key <key>  which',
      '  --hard       looks twice',
      '  --json       print JSON',
      '  --help       show this',
    ].join('\n');
    expect(await call()).toEqual({ code: 0, out: usage, err: '' });
    expect(await call('--help')).toEqual({ code: 0, out: usage, err: '' });
    expect(await call('unheard-of')).toEqual({ code: 2, out: '', err: usage });
    expect(await call('audit', 'look', '--help')).toEqual({ code: 0, out: help, err: '' });
  });

  it('is not guessed at', async () => {
    const firstLine = async (...args: readonly string[]) => {
      const { code, out, err } = await call(...args);
      return [code, out, err.split('\n')[0]];
    };
    expect(await firstLine('audit', 'look')).toEqual([2, '', 'it takes <what>']);
    expect(await firstLine('audit', 'look', 'good')).toEqual([2, '', '--key is missing']);
    expect(await firstLine('audit', 'more')).toEqual([2, '', 'it takes no argument']);
    const [code, , line] = await firstLine('audit', '--unheard-of');
    expect([code, String(line)]).toEqual([2, expect.stringContaining("'--unheard-of'")]);
  });
});

describe('the commands', () => {
  it('are those of docs/operations.md', () => {
    const text = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
    const documented = [...text.matchAll(/^\| `bridge ([a-z ]+?)(?: [<[-].*)?` +\|/gm)].map(([, name]) => name);
    expect(documented.toSorted()).toEqual(commands.map(({ name }) => name).toSorted());
  });

  it('each say what they are for, in a line', () => {
    for (const { summary, details, options } of commands) {
      expect(summary).toMatch(/^[a-z].{10,100}[^.]$/);
      expect(details.split('\n').every((line) => line.length <= 120)).toBe(true);
      for (const { help } of Object.values(options)) expect(help).toMatch(/^.{5,100}[^.]$/);
    }
  });
});
