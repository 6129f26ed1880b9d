import { z } from 'zod';
import type { Comments } from './comments.ts';
import { requestJson, type Http } from './http.ts';

export interface GithubPullRequest {
  /** `https://api.github.com`, or that of a GitHub Enterprise Server. */
  readonly apiUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
  readonly token: string;
  /** The login that the token writes as: anybody can write a comment that looks like ours. */
  readonly author: string;
}

const pageSize = 100;
const maxPages = 100;

const pageSchema = z.array(
  z.object({ id: z.int(), body: z.string().nullish(), user: z.object({ login: z.string() }).nullish() }),
);

/** The comments of a pull request by GitHub's REST API, version 2022-11-28. */
export function githubComments(http: Http, { apiUrl, repository, number, token, author }: GithubPullRequest): Comments {
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    'user-agent': 'agent-readiness',
    'x-github-api-version': '2022-11-28',
  };
  const issues = `${apiUrl}/repos/${repository}/issues`;
  return {
    async *own() {
      for (let page = 1; page <= maxPages; page += 1) {
        const url = `${issues}/${number}/comments?per_page=${pageSize}&page=${page}`;
        const comments = pageSchema.parse(await requestJson(http, 'GET', url, headers));
        for (const { id, body, user } of comments) if (user?.login === author) yield { id, body: body ?? '' };
        if (comments.length < pageSize) return;
      }
    },
    async create(body) {
      await requestJson(http, 'POST', `${issues}/${number}/comments`, headers, { body });
    },
    async update(id, body) {
      await requestJson(http, 'PATCH', `${issues}/comments/${id}`, headers, { body });
    },
  };
}
