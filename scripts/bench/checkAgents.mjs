/**
 * The check of a project, as the command runs it.
 *
 * Usage: node --conditions=source checkAgents.mjs <project> [key file of the cache]
 */
import { createHash } from 'node:crypto';
import { runCheck } from '../../sf-plugin/src/actions/check.ts';
import { measured } from './measured.mjs';

const [startDir, cacheSecretFile] = process.argv.slice(2);
const progress = { start: () => undefined, update: () => undefined, stop: () => undefined };

await measured(async () => {
  const report = await runCheck(
    { startDir, progress, cacheSecretFile },
    { sourceDirs: [], agents: [], allVersions: false, failOn: 'high' },
  );
  const actions = report.agents.flatMap((agent) => agent.actions);
  return {
    files: report.coverage.filesParsed,
    failed: report.coverage.filesFailed.length,
    agents: report.agents.length,
    effects: actions.flatMap(({ effects }) => effects).length,
    report: createHash('sha256').update(JSON.stringify(report)).digest('hex').slice(0, 16),
  };
});
