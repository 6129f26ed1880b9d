import { describe, expect, it } from '@jest/globals';
import { SfCommand } from '@salesforce/sf-plugins-core';
import { commandError } from '../../src/actions/commandError.ts';
import { ConfigurationError } from '../../src/actions/errors.ts';

/** The exit code that the CLI makes of an error which a command throws. */
async function exitCodeOf(error: Error): Promise<unknown> {
  class Failing extends SfCommand<void> {
    run(): Promise<void> {
      return Promise.reject(error);
    }

    override logToStderr(): void {
      // The message is not the subject here.
    }
  }
  const thrown = await Failing.run([], import.meta.url).catch((caught: unknown) => caught);
  process.exitCode = undefined;
  return (thrown as { exitCode: unknown }).exitCode;
}

describe('commandError', () => {
  it('keeps message and next steps of a configuration error', async () => {
    const error = commandError(new ConfigurationError('No agents.', ['Retrieve them.']));
    expect({ name: error.name, message: error.message, actions: error.actions }).toEqual({
      name: 'ConfigurationError',
      message: 'No agents.',
      actions: ['Retrieve them.'],
    });
    expect(await exitCodeOf(error)).toBe(31);
  });

  it('prints nothing that a terminal or a build server would obey, and keeps the lines of a message', () => {
    const said = '"failOn" cannot be "x\n::error::\u001b[2J"';
    const { message, actions } = commandError(new ConfigurationError(`2 problems:\n${said}`, [said]));
    expect(message).toBe('2 problems:\n"failOn" cannot be "x\n:\\u{3a}error::\\u{1b}[2J"');
    expect(actions).toEqual(['"failOn" cannot be "x :\\u{3a}error::\\u{1b}[2J"']);
  });

  it.each([new TypeError('x is not a function'), new RangeError('too deep'), 'text'])(
    'never lets a bug look like a verdict: %s',
    async (bug) => {
      const error = commandError(bug);
      expect(error.name).toBe('AnalysisError');
      expect(await exitCodeOf(error)).toBe(30);
    },
  );

  it('keeps the place of a bug for the diagnosis', () => {
    const bug = new TypeError('x is not a function');
    expect(commandError(bug).data).toEqual({ stack: bug.stack });
  });
});
