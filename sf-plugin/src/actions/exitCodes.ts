import type { VerdictStatus } from '@agent-readiness/protocol';

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
  'bad-configuration': { code: 31, meaning: 'Bad configuration: no project, no such agent or folder, no such format.' },
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
