import { Messages } from '@salesforce/core';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { severities, type Report } from '@agent-readiness/protocol';
import { cacheSecretFile } from '../../actions/cacheSecretFile.ts';
import type { ProgressSink } from '../../actions/check.ts';
import { commandError } from '../../actions/commandError.ts';
import { exitCodes } from '../../actions/exitCodes.ts';
import { runGate } from '../../actions/gate.ts';
import { gateFlags, gateOptions } from '../../actions/gateFlags.ts';
import { silent } from '../../actions/progress.ts';
import { reportFiles, writeReportFiles } from '../../actions/reportFiles.ts';
import { pathInRepository, projectQuoter } from '../../actions/repository.ts';
import { ruleDescriptions } from '../../actions/ruleDescriptions.ts';
import { terminalStyle } from '../../actions/terminal.ts';
import { dayOf } from '../../actions/today.ts';
import { formats } from '../../report/formats.ts';
import { printableText } from '../../report/printable.ts';
import { toText } from '../../report/text/text.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@agent-readiness/sf-plugin', 'readiness.check');

export default class ReadinessCheck extends SfCommand<Report> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly errorCodes = toHelpSection(
    'EXIT CODES',
    Object.fromEntries(Object.values(exitCodes).map(({ code, meaning }) => [code, meaning])),
  );

  static override readonly flags = {
    'source-dir': Flags.string({
      char: 'd',
      summary: messages.getMessage('flags.source-dir.summary'),
      description: messages.getMessage('flags.source-dir.description'),
      multiple: true,
    }),
    agent: Flags.string({
      char: 'a',
      summary: messages.getMessage('flags.agent.summary'),
      description: messages.getMessage('flags.agent.description'),
      multiple: true,
    }),
    'all-versions': Flags.boolean({
      summary: messages.getMessage('flags.all-versions.summary'),
      default: false,
    }),
    'output-file': Flags.string({
      char: 'f',
      summary: messages.getMessage('flags.output-file.summary', [[...formats.keys()].join(', ')]),
      description: messages.getMessage('flags.output-file.description'),
      multiple: true,
    }),
    'fail-on': Flags.option({
      char: 's',
      summary: messages.getMessage('flags.fail-on.summary'),
      options: severities,
    })(),
    ...gateFlags(messages),
  };

  async run(): Promise<Report> {
    const { flags } = await this.parse(ReadinessCheck);
    try {
      const files = reportFiles(flags['output-file'] ?? []);
      const { report, written } = await runGate(
        {
          startDir: process.cwd(),
          progress: this.progressSink(),
          cacheSecretFile: cacheSecretFile(this.config.cacheDir),
          today: dayOf(new Date()),
        },
        {
          sourceDirs: flags['source-dir'] ?? [],
          agents: flags.agent ?? [],
          allVersions: flags['all-versions'],
          ...(flags['fail-on'] !== undefined && { failOn: flags['fail-on'] }),
          ...gateOptions(flags),
        },
      );
      writeReportFiles(files, report, {
        // Inside the CLI "config" is that of the CLI.
        toolVersion: this.ctor.plugin?.version ?? this.config.version,
        projectPath: pathInRepository(process.cwd()),
        rules: ruleDescriptions,
        quote: projectQuoter(process.cwd()),
      });
      this.log(toText(report, terminalStyle(process.stdout, process.env)));
      for (const path of [...written, ...files.map((file) => file.path)]) {
        this.log(messages.getMessage('info.written', [path]));
      }
      // Throwing would take the report out of the --json result.
      process.exitCode = exitCodes[report.verdict.status].code;
      return report;
    } catch (error) {
      throw commandError(error);
    }
  }

  /** Only a person who waits wants to see progress. */
  private progressSink(): ProgressSink {
    if (this.jsonEnabled() || !process.stderr.isTTY) return silent;
    return {
      start: () => {
        this.spinner.start(messages.getMessage('progress.title'));
      },
      update: (label) => {
        this.spinner.status = printableText(label);
      },
      stop: () => {
        this.spinner.stop();
      },
    };
  }
}
