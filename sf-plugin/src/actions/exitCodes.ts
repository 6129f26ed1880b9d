import type { DiffStatus, VerdictStatus } from '@agent-readiness/protocol';

interface ExitCode {
  readonly code: number;
  readonly meaning: string;
}

/**
 * What CI can rely on. Codes 2 to 29, 68, 69 and 130 belong to the CLI itself. The help section and
 * the docs are derived from this table.
 */
export const exitCodes: Readonly<Record<VerdictStatus | 'bad-configuration', ExitCode>> = {
  ready: { code: 0, meaning: 'Ready: no finding reaches the severity of --fail-on.' },
  'not-ready': { code: 1, meaning: 'Not ready: a finding is at least as severe as --fail-on.' },
  incomplete: { code: 30, meaning: 'Incomplete: a file that matters could not be read, or the analysis broke off.' },
  'bad-configuration': {
    code: 31,
    meaning:
      "Bad configuration: no project, no such agent, folder or format, or a file of the project's rules is invalid.",
  },
};

/** `explain` judges nothing: a dangerous action explained is a success. */
export const explainExitCodes: readonly ExitCode[] = [
  { code: exitCodes.ready.code, meaning: 'The action is explained.' },
  { code: exitCodes.incomplete.code, meaning: 'The analysis broke off.' },
  {
    code: exitCodes['bad-configuration'].code,
    meaning: 'Bad configuration: no project, no such folder, action or effect, or a name of several actions.',
  },
];

/** By the kinds of changes that the policy refuses. */
export const diffExitCodes: Readonly<Record<DiffStatus | 'bad-configuration', ExitCode>> = {
  accepted: { code: exitCodes.ready.code, meaning: 'No change is of a kind that the policy refuses.' },
  refused: { code: exitCodes['not-ready'].code, meaning: 'A change is of a kind that the policy refuses.' },
  incomplete: {
    code: exitCodes.incomplete.code,
    meaning: 'Incomplete: a file of now could not be read, or the analysis broke off.',
  },
  'bad-configuration': {
    code: exitCodes['bad-configuration'].code,
    meaning: 'Bad configuration: no project, nothing to compare with, or an invalid policy or manifest.',
  },
};

export const policyInitExitCodes: readonly ExitCode[] = [
  { code: exitCodes.ready.code, meaning: 'The policy is written.' },
  { code: exitCodes.incomplete.code, meaning: 'The analysis broke off.' },
  {
    code: exitCodes['bad-configuration'].code,
    meaning: 'Bad configuration: no project, no agents, or there is a policy already.',
  },
];

/** What tools answer is no matter of the exit code. */
export const mcpExitCodes: readonly ExitCode[] = [
  { code: exitCodes.ready.code, meaning: 'The client closed the connection.' },
  { code: exitCodes.incomplete.code, meaning: 'The server broke off.' },
  { code: exitCodes['bad-configuration'].code, meaning: 'Bad configuration: there is no project.' },
];
