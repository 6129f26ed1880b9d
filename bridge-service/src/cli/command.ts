import type { Environment } from '../config/readConfig.ts';

/** An option of a command; one without `value` is a switch. */
export interface Option {
  /** How its value is shown: `<file>`. */
  readonly value?: string;
  readonly help: string;
}

/** What a command was called with. */
export interface Given {
  /** As many as the command takes. */
  readonly positionals: readonly string[];
  readonly option: (name: string) => string | undefined;
  /** @throws UsageError where it is missing */
  readonly required: (name: string) => string;
  readonly isSet: (name: string) => boolean;
}

/** What a command came to: the same once for people and once for scripts. */
export interface Report {
  /** False ends the command with 1. */
  readonly ok: boolean;
  readonly text: string;
  readonly json: unknown;
}

export interface Around {
  readonly environment: Environment;
  /** What a command that serves has to say. */
  readonly say: (text: string) => void;
  /** What is told beside a report, to people only. */
  readonly tell: (text: string) => void;
}

export interface Command {
  /** As it is typed: `audit verify`. */
  readonly name: string;
  /** Names of what has to follow: `<export>`. */
  readonly takes: readonly string[];
  readonly summary: string;
  /** What a person at night should know before running it; empty where the summary says it all. */
  readonly details: string;
  readonly options: Readonly<Record<string, Option>>;
  /** Undefined while it goes on until it is told to stop. */
  readonly run: (given: Given, around: Around) => Promise<Report | undefined>;
}

/** The command was called in a way that it does not understand. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
