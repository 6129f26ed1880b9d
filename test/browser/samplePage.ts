import { runCheck } from '../../sf-plugin/src/actions/check.ts';
import { projectQuoter } from '../../sf-plugin/src/actions/repository.ts';
import { ruleDescriptions } from '../../sf-plugin/src/actions/ruleDescriptions.ts';
import { toHtml } from '../../sf-plugin/src/report/html/html.ts';

const silent = { start: () => undefined, update: () => undefined, stop: () => undefined };

/** The HTML report on a project. */
export async function samplePage(project: string): Promise<string> {
  const options = { sourceDirs: [], agents: [], allVersions: false, failOn: 'high' } as const;
  const report = await runCheck({ startDir: project, progress: silent }, options);
  return toHtml(report, {
    toolVersion: '0.1.0',
    projectPath: '',
    rules: ruleDescriptions,
    quote: projectQuoter(project),
  });
}
