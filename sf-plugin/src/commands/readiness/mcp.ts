import { resolve } from 'node:path';
import { Messages } from '@salesforce/core';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { commandError } from '../../actions/commandError.ts';
import { mcpExitCodes } from '../../actions/exitCodes.ts';
import { dayOf } from '../../actions/today.ts';
import { findProjectRoot } from '../../extract/project/openProject.ts';
import { createServer } from '../../mcp/createServer.ts';
import { serveStdio } from '../../mcp/serveStdio.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@agent-readiness/sf-plugin', 'readiness.mcp');

export default class ReadinessMcp extends SfCommand<void> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly errorCodes = toHelpSection(
    'EXIT CODES',
    Object.fromEntries(mcpExitCodes.map(({ code, meaning }) => [code, meaning])),
  );

  /** Standard output belongs to the protocol. */
  static override readonly enableJsonFlag = false;

  static override readonly flags = {
    'project-dir': Flags.string({
      char: 'p',
      summary: messages.getMessage('flags.project-dir.summary'),
      default: '.',
    }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(ReadinessMcp);
    try {
      const root = findProjectRoot(resolve(flags['project-dir']));
      // Inside the CLI "config" is that of the CLI.
      const version = this.ctor.plugin?.version ?? this.config.version;
      const server = createServer({ root, today: () => dayOf(new Date()) }, version);
      await serveStdio(server, process.stdin, process.stdout);
    } catch (error) {
      throw commandError(error);
    }
  }
}
