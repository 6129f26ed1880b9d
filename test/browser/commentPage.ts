import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import MarkdownIt from 'markdown-it';
import { runCheck } from '../../sf-plugin/src/actions/check.ts';
import { runDiff } from '../../sf-plugin/src/actions/diff.ts';
import { diffMarkdown } from '../../sf-plugin/src/report/diff/diffMarkdown.ts';
import { toMarkdown } from '../../sf-plugin/src/report/markdown/markdown.ts';
import { copySample, letItDeleteContacts } from './changedSample.ts';

const silent = { start: () => undefined, update: () => undefined, stop: () => undefined };
const require = createRequire(import.meta.url);

/**
 * The pull-request comment on a change that lets the sample's agent delete contacts, as GitHub would show it.
 *
 * @param project the sample's
 * @param folder an empty one, for the changed copy
 */
export async function commentPage(project: string, folder: string): Promise<string> {
  copySample(project, folder);
  letItDeleteContacts(folder);

  const options = { sourceDirs: [], allVersions: false };
  const difference = await runDiff({ startDir: folder, progress: silent }, { ...options, base: project });
  const report = await runCheck({ startDir: folder, progress: silent }, { ...options, agents: [], failOn: 'high' });
  const markdown = `${diffMarkdown({ ...difference, base: { ...difference.base, name: 'main' } })}\n${toMarkdown(report)}`;
  const style = readFileSync(require.resolve('github-markdown-css/github-markdown-light.css'), 'utf8');
  const body = new MarkdownIt({ html: true }).render(markdown);
  return `<!doctype html><meta charset="utf-8"><title>Comment</title>
<style>${style} body { margin: 0; background: #fff } article { max-width: 924px; margin: 24px auto; padding: 8px 16px; border: 1px solid #d0d7de; border-radius: 6px }</style>
<article class="markdown-body">${body}</article>`;
}
