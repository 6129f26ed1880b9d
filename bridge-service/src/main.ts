#!/usr/bin/env node
import { BackupFileError } from './adapters/files/backupFile.ts';
import { StoreInUseError } from './adapters/sql/lockFolder.ts';
import { TaskError } from './adapters/tasks/loadTasks.ts';
import { commands } from './cli/commands/index.ts';
import { RestoreError } from './cli/restore.ts';
import { runCli } from './cli/runCli.ts';
import { ConfigError } from './config/readConfig.ts';
import { StoreUnavailableError } from './ports/store.ts';

/** Errors that say everything the reader needs; any other one is shown with its place in the program. */
const forTheReader = [ConfigError, TaskError, BackupFileError, RestoreError, StoreInUseError, StoreUnavailableError];

const streams = {
  out: (text: string): void => {
    process.stdout.write(`${text}\n`);
  },
  err: (text: string): void => {
    process.stderr.write(`${text}\n`);
  },
};

runCli(commands, process.argv.slice(2), process.env, streams).then(
  (code) => {
    // Not `exit`: what is printed is printed to its end.
    if (code !== undefined) process.exitCode = code;
  },
  (error: unknown) => {
    const isFile = error instanceof Error && 'code' in error && 'path' in error;
    const isPlain = error instanceof Error && (isFile || forTheReader.some((kind) => error instanceof kind));
    streams.err(isPlain ? error.message : String(error instanceof Error ? error.stack : error));
    // What was opened before the failure would keep the process alive.
    process.exit(1);
  },
);
