import { SfError } from '@salesforce/core';
import { printableText } from '../report/printable.ts';
import { ConfigurationError } from './errors.ts';
import { exitCodes } from './exitCodes.ts';

/**
 * The error as the CLI reports it, with an exit code of ours: the CLI's own for an unknown error is
 * the one that says "not ready".
 */
export function commandError(error: unknown): SfError {
  if (error instanceof ConfigurationError) {
    const actions = error.actions.map(printableText);
    return new SfError(printableLines(error.message), error.name, actions, exitCodes['bad-configuration'].code);
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return SfError.create({
    name: 'AnalysisError',
    message: printableLines(`The analysis broke off, so nothing can be said about your agents: ${message}`),
    actions: ['Report this as a bug, with the output of the command under SF_ENV=development.'],
    exitCode: exitCodes.incomplete.code,
    // Not as its cause: by that the CLI would choose an exit code of its own.
    data: { stack },
  });
}

/** What is wrong is said with words from the project, and goes into the log of a build server. */
function printableLines(message: string): string {
  return message.split('\n').map(printableText).join('\n');
}
