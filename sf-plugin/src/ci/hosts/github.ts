import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Clone } from '../clone.ts';
import { githubComments } from '../comments/githubComments.ts';
import type { Http } from '../comments/http.ts';
import { PipelineError, type ChangeRequest } from './changeRequest.ts';

const environmentSchema = z.object({
  GITHUB_API_URL: z.url(),
  GITHUB_REPOSITORY: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  GITHUB_EVENT_NAME: z.string(),
  GITHUB_EVENT_PATH: z.string(),
  READINESS_TOKEN: z.string().default(''),
  /** The default is who writes with the token of a workflow. */
  READINESS_COMMENT_AUTHOR: z.string().min(1).default('github-actions[bot]'),
});

const commitSchema = z.object({ sha: z.string() });
const eventSchema = z.object({
  pull_request: z.object({ number: z.int(), base: commitSchema, head: commitSchema }).optional(),
  merge_group: z.object({ base_sha: z.string() }).optional(),
});

/**
 * The pull request that a GitHub workflow runs for; `undefined` where it runs for something else.
 *
 * @throws PipelineError for an event under which code of strangers must not be handled
 */
export async function githubChange(
  env: NodeJS.ProcessEnv,
  clone: Clone,
  http: Http,
): Promise<ChangeRequest | undefined> {
  const settings = environmentSchema.parse(env);
  const name = settings.GITHUB_EVENT_NAME;
  if (name === 'pull_request_target' || name === 'workflow_run') {
    throw new PipelineError(
      `The event ${name} runs with the rights of the target branch. Use pull_request, which suffices for the check.`,
    );
  }
  const event = eventSchema.parse(JSON.parse(readFileSync(settings.GITHUB_EVENT_PATH, 'utf8')));
  if (event.merge_group) return { base: event.merge_group.base_sha, policy: event.merge_group.base_sha };
  if (event.pull_request === undefined) return undefined;
  const { number, base, head } = event.pull_request;
  const [target, source] = await clone.parents();
  // GitHub checks out the merge of both: its first parent is the target as it was merged with.
  const commit = target !== undefined && source === head.sha ? target : base.sha;
  const { READINESS_TOKEN: token, READINESS_COMMENT_AUTHOR: author } = settings;
  const pullRequest = {
    apiUrl: settings.GITHUB_API_URL,
    repository: settings.GITHUB_REPOSITORY,
    number,
    token,
    author,
  };
  return { base: commit, policy: commit, ...(token !== '' && { comments: githubComments(http, pullRequest) }) };
}
