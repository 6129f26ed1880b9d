/**
 * The fake Claude API in a process of its own. It answers at once with a summary of about 1.2 KB, so that what is
 * measured is not the model. Prints its address.
 *
 * Usage: node --conditions=source claudeProcess.mjs
 */
import { startFakeClaude, text } from '../../../testkit/src/claude/index.ts';
import { summary } from './workload.mjs';

const claude = await startFakeClaude();
claude.respondWith(() => text(JSON.stringify(summary)));
process.stdout.write(`${claude.url}\n`);
