import { Args } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { commandError } from '../../actions/commandError.ts';
import { explainExitCodes } from '../../actions/exitCodes.ts';
import { runExplain } from '../../actions/explain.ts';
import { terminalStyle } from '../../actions/terminal.ts';
import { explainText } from '../../report/explain/explainText.ts';
import type { Explanation } from '../../report/explain/explanation.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@agent-readiness/sf-plugin', 'readiness.explain');

export default class ReadinessExplain extends SfCommand<Explanation> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly errorCodes = toHelpSection(
    'EXIT CODES',
    Object.fromEntries(explainExitCodes.map(({ code, meaning }) => [code, meaning])),
  );

  static override readonly args = {
    action: Args.string({ description: messages.getMessage('args.action.description'), required: true }),
  };

  static override readonly flags = {
    effect: Flags.string({
      char: 'e',
      summary: messages.getMessage('flags.effect.summary'),
      description: messages.getMessage('flags.effect.description'),
    }),
    'source-dir': Flags.string({
      char: 'd',
      summary: messages.getMessage('flags.source-dir.summary'),
      description: messages.getMessage('flags.source-dir.description'),
      multiple: true,
    }),
    'all-versions': Flags.boolean({
      summary: messages.getMessage('flags.all-versions.summary'),
      description: messages.getMessage('flags.all-versions.description'),
      default: false,
    }),
  };

  async run(): Promise<Explanation> {
    const { args, flags } = await this.parse(ReadinessExplain);
    try {
      const explanation = await runExplain(process.cwd(), {
        sourceDirs: flags['source-dir'] ?? [],
        allVersions: flags['all-versions'],
        action: args.action,
        ...(flags.effect !== undefined && { effect: flags.effect }),
      });
      this.log(explainText(explanation, terminalStyle(process.stdout, process.env)));
      return explanation;
    } catch (error) {
      throw commandError(error);
    }
  }
}
