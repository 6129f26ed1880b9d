import { resolve } from 'node:path';
import { Args } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import type { EffectDiff } from '@agent-readiness/protocol';
import { cacheSecretFile } from '../../actions/cacheSecretFile.ts';
import { commandError } from '../../actions/commandError.ts';
import { runDiff } from '../../actions/diff.ts';
import { ConfigurationError } from '../../actions/errors.ts';
import { diffExitCodes } from '../../actions/exitCodes.ts';
import { silent } from '../../actions/progress.ts';
import { outputFiles } from '../../actions/reportFiles.ts';
import { terminalStyle } from '../../actions/terminal.ts';
import { writeTextFile } from '../../actions/textFiles.ts';
import { diffFormats } from '../../report/diff/diffFormats.ts';
import { diffText } from '../../report/diff/diffText.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@agent-readiness/sf-plugin', 'readiness.diff');

export default class ReadinessDiff extends SfCommand<EffectDiff> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly errorCodes = toHelpSection(
    'EXIT CODES',
    Object.fromEntries(Object.values(diffExitCodes).map(({ code, meaning }) => [code, meaning])),
  );

  static override readonly args = {
    ref: Args.string({ description: messages.getMessage('args.ref.description') }),
  };

  static override readonly flags = {
    base: Flags.string({
      char: 'b',
      summary: messages.getMessage('flags.base.summary'),
      description: messages.getMessage('flags.base.description'),
    }),
    'source-dir': Flags.string({
      char: 'd',
      summary: messages.getMessage('flags.source-dir.summary'),
      multiple: true,
    }),
    'all-versions': Flags.boolean({ summary: messages.getMessage('flags.all-versions.summary'), default: false }),
    config: Flags.string({ char: 'c', summary: messages.getMessage('flags.config.summary') }),
    'config-ref': Flags.string({
      summary: messages.getMessage('flags.config-ref.summary'),
      description: messages.getMessage('flags.config-ref.description'),
    }),
    'output-file': Flags.string({
      char: 'f',
      summary: messages.getMessage('flags.output-file.summary', [[...diffFormats.keys()].join(', ')]),
      multiple: true,
    }),
  };

  async run(): Promise<EffectDiff> {
    const { args, flags } = await this.parse(ReadinessDiff);
    const { base, config, 'config-ref': configRef } = flags;
    try {
      if (args.ref !== undefined && base !== undefined) {
        throw new ConfigurationError(messages.getMessage('error.twoBases'), []);
      }
      const files = outputFiles(flags['output-file'] ?? [], diffFormats);
      const diff = await runDiff(
        { startDir: process.cwd(), progress: silent, cacheSecretFile: cacheSecretFile(this.config.cacheDir) },
        {
          sourceDirs: flags['source-dir'] ?? [],
          allVersions: flags['all-versions'],
          ...(args.ref !== undefined && { ref: args.ref }),
          ...(base !== undefined && { base }),
          ...(config !== undefined && { config: resolve(config) }),
          ...(configRef !== undefined && { configRef }),
        },
      );
      for (const { path, format } of files) writeTextFile(path, format(diff));
      this.log(diffText(diff, terminalStyle(process.stdout, process.env)));
      for (const { path } of files) this.log(messages.getMessage('info.written', [path]));
      // Throwing would take the difference out of the --json result.
      process.exitCode = diffExitCodes[diff.verdict.status].code;
      return diff;
    } catch (error) {
      throw commandError(error);
    }
  }
}
