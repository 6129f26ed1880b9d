import { z } from 'zod';
import type { Clone } from '../clone.ts';
import { gitlabComments } from '../comments/gitlabComments.ts';
import type { Http } from '../comments/http.ts';
import type { ChangeRequest } from './changeRequest.ts';

const environmentSchema = z.object({
  CI_API_V4_URL: z.url(),
  CI_MERGE_REQUEST_PROJECT_ID: z.string(),
  CI_MERGE_REQUEST_IID: z.string(),
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: z.string().min(1),
  CI_MERGE_REQUEST_DIFF_BASE_SHA: z.string(),
  /** Empty unless the pipeline runs on the merged result. */
  CI_MERGE_REQUEST_TARGET_BRANCH_SHA: z.string().default(''),
  READINESS_TOKEN: z.string().default(''),
});

/** The merge request that a GitLab pipeline runs for; `undefined` where it runs for something else. */
export async function gitlabChange(
  env: NodeJS.ProcessEnv,
  clone: Clone,
  http: Http,
): Promise<ChangeRequest | undefined> {
  if (!env['CI_MERGE_REQUEST_IID']) return undefined;
  const settings = environmentSchema.parse(env);
  const merged = settings.CI_MERGE_REQUEST_TARGET_BRANCH_SHA;
  const token = settings.READINESS_TOKEN;
  const mergeRequest = {
    apiUrl: settings.CI_API_V4_URL,
    projectId: settings.CI_MERGE_REQUEST_PROJECT_ID,
    iid: settings.CI_MERGE_REQUEST_IID,
    token,
  };
  return {
    base: merged || settings.CI_MERGE_REQUEST_DIFF_BASE_SHA,
    // Where both branches met the policy may have been a looser one.
    policy: merged || (await clone.tipOf(settings.CI_MERGE_REQUEST_TARGET_BRANCH_NAME)),
    ...(token !== '' && { comments: gitlabComments(http, mergeRequest) }),
  };
}
