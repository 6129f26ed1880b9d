import { Messages } from '@salesforce/core';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { cacheSecretFile } from '../../../actions/cacheSecretFile.ts';
import { commandError } from '../../../actions/commandError.ts';
import { policyInitExitCodes } from '../../../actions/exitCodes.ts';
import { runPolicyInit } from '../../../actions/policyInit.ts';
import { silent } from '../../../actions/progress.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@agent-readiness/sf-plugin', 'readiness.policy.init');

/** `path` is absolute. */
export interface PolicyInitResult {
  readonly path: string;
}

export default class ReadinessPolicyInit extends SfCommand<PolicyInitResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly errorCodes = toHelpSection(
    'EXIT CODES',
    Object.fromEntries(policyInitExitCodes.map(({ code, meaning }) => [code, meaning])),
  );

  static override readonly flags = {
    'source-dir': Flags.string({
      char: 'd',
      summary: messages.getMessage('flags.source-dir.summary'),
      multiple: true,
    }),
  };

  async run(): Promise<PolicyInitResult> {
    const { flags } = await this.parse(ReadinessPolicyInit);
    try {
      const dependencies = {
        startDir: process.cwd(),
        progress: silent,
        cacheSecretFile: cacheSecretFile(this.config.cacheDir),
      };
      const path = await runPolicyInit(dependencies, flags['source-dir'] ?? []);
      this.log(messages.getMessage('info.written', [path]));
      return { path };
    } catch (error) {
      throw commandError(error);
    }
  }
}
