import { z } from 'zod';
import type { Comments } from './comments.ts';
import { requestJson, type Http } from './http.ts';

export interface GitlabMergeRequest {
  /** `https://gitlab.example.com/api/v4`. */
  readonly apiUrl: string;
  readonly projectId: string;
  /** The number of the merge request in its project. */
  readonly iid: string;
  /** A project access token with the scope `api`: a job token may not write notes. */
  readonly token: string;
}

const pageSize = 100;
const maxPages = 100;

const userSchema = z.object({ id: z.int() });
const pageSchema = z.array(z.object({ id: z.int(), body: z.string(), author: userSchema }));

/** The notes of a merge request by GitLab's REST API, version 4. */
export function gitlabComments(http: Http, { apiUrl, projectId, iid, token }: GitlabMergeRequest): Comments {
  const headers = { 'private-token': token };
  const notes = `${apiUrl}/projects/${encodeURIComponent(projectId)}/merge_requests/${encodeURIComponent(iid)}/notes`;
  return {
    async *own() {
      const me = userSchema.parse(await requestJson(http, 'GET', `${apiUrl}/user`, headers));
      for (let page = 1; page <= maxPages; page += 1) {
        const url = `${notes}?sort=asc&order_by=created_at&per_page=${pageSize}&page=${page}`;
        const found = pageSchema.parse(await requestJson(http, 'GET', url, headers));
        for (const { id, body, author } of found) if (author.id === me.id) yield { id, body };
        if (found.length < pageSize) return;
      }
    },
    async create(body) {
      await requestJson(http, 'POST', notes, headers, { body });
    },
    async update(id, body) {
      await requestJson(http, 'PUT', `${notes}/${id}`, headers, { body });
    },
  };
}
