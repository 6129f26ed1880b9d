import { SfError } from '@salesforce/core';
import { ConfigurationError } from './errors.ts';
import { exitCodes } from './exitCodes.ts';

/**
 * The error as the CLI reports it, with an exit code of ours: the CLI's own for an unknown error is
 * the one that says "not ready".
 */
export function commandError(error: unknown): SfError {
  if (error instanceof ConfigurationError) {
    return new SfError(error.message, error.name, [...error.actions], exitCodes['bad-configuration'].code);
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return SfError.create({
    name: 'AnalysisError',
    message: `The analysis broke off, so nothing can be said about your agents: ${message}`,
    actions: ['Report this as a bug, with the output of the command under SF_ENV=development.'],
    exitCode: exitCodes.incomplete.code,
    // Not as its cause: by that the CLI would choose an exit code of its own.
    data: { stack },
  });
}
