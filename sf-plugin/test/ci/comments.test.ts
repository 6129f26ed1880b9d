import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keepComment, type Comments } from '../../src/ci/comments/comments.ts';
import { githubComments } from '../../src/ci/comments/githubComments.ts';
import { gitlabComments } from '../../src/ci/comments/gitlabComments.ts';
import type { Http } from '../../src/ci/comments/http.ts';
import { startFakeHost, type FakeHost } from './fakeHost.ts';

const mark = '<!-- agent-readiness-ci . -->';
const now = Date.UTC(2026, 10, 23, 12);

let host: FakeHost;
let slept: number[];

beforeEach(async () => {
  host = await startFakeHost();
  slept = [];
});
afterEach(async () => {
  expect(host.refusals).toEqual([]);
  await host.close();
});

const http: Http = {
  fetch,
  now: () => now,
  sleep: (ms) => {
    slept.push(ms);
    return Promise.resolve();
  },
};

const hosts: [string, string, () => Comments][] = [
  [
    'GitHub',
    'PATCH',
    () =>
      githubComments(http, {
        apiUrl: host.url,
        repository: 'acme/agents',
        number: 7,
        token: 'secret',
        author: 'readiness-bot',
      }),
  ],
  ['GitLab', 'PUT', () => gitlabComments(http, { apiUrl: host.url, projectId: '42', iid: '7', token: 'secret' })],
];

describe.each(hosts)('on %s', (name, update, open) => {
  it('makes the comment, then keeps that one', async () => {
    expect(await keepComment(open(), mark, 'first')).toBe('created');
    expect(await keepComment(open(), mark, 'second')).toBe('updated');
    expect(await keepComment(open(), mark, 'second')).toBe('unchanged');
    expect(host.comments).toEqual([{ id: 1000, author: 'readiness-bot', body: `${mark}\nsecond` }]);
    expect([...host.credentials]).toEqual([name === 'GitHub' ? 'Bearer secret' : 'secret']);
  });

  it('finds it behind many others, and looks no further', async () => {
    for (let id = 1; id <= 250; id += 1) host.comments.push({ id, author: 'somebody', body: 'Looks good.' });
    host.comments.push({ id: 251, author: 'readiness-bot', body: `${mark}\r\nold` });
    for (let id = 252; id <= 450; id += 1) host.comments.push({ id, author: 'somebody', body: 'Thanks.' });
    expect(await keepComment(open(), mark, 'new')).toBe('updated');
    expect(host.comments.filter(({ author }) => author === 'readiness-bot')).toEqual([
      { id: 251, author: 'readiness-bot', body: `${mark}\nnew` },
    ]);
    const pages = host.requests.filter((request) => request.includes('per_page=100&page='));
    expect(pages.map((request) => request.slice(-1))).toEqual(['1', '2', '3']);
  });

  it('touches no comment of somebody else, nor of another project', async () => {
    host.comments.push({ id: 1, author: 'somebody', body: `${mark}\nforged` });
    host.comments.push({ id: 2, author: 'readiness-bot', body: `<!-- agent-readiness-ci other -->\n${mark}` });
    expect(await keepComment(open(), mark, 'ours')).toBe('created');
    expect(host.comments.map(({ body }) => body)).toEqual([
      `${mark}\nforged`,
      `<!-- agent-readiness-ci other -->\n${mark}`,
      `${mark}\nours`,
    ]);
  });

  it('gives up at once where it has no right, and tells no token', async () => {
    host.refusals.push({ status: 403 });
    await expect(keepComment(open(), mark, 'text')).rejects.toThrow(/^GET \/\S+ answered 403$/);
    expect({ slept, comments: host.comments }).toEqual({ slept: [], comments: [] });
  });

  it('waits as long as it is told to', async () => {
    host.refusals.push({ status: 429, headers: { 'retry-after': '7' } });
    expect(await keepComment(open(), mark, 'text')).toBe('created');
    expect(slept).toEqual([7000]);
  });

  it('waits for the end of a limit that is spent', async () => {
    const reset = String(now / 1000 + 20);
    host.refusals.push({ status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset } });
    expect(await keepComment(open(), mark, 'text')).toBe('created');
    expect(slept).toEqual([21_000]);
  });

  it('does not wait for an hour', async () => {
    host.refusals.push({ status: 429, headers: { 'retry-after': '3600' } });
    await expect(keepComment(open(), mark, 'text')).rejects.toThrow(/answered 429$/);
    expect(slept).toEqual([]);
  });

  it('asks four times, and no more', async () => {
    host.refusals.push({ status: 502 }, { status: 502 }, { status: 503 }, { status: 502 });
    await expect(keepComment(open(), mark, 'text')).rejects.toThrow(/answered 502$/);
    expect(slept).toEqual([2000, 4000, 6000]);
  });

  it('does not write a comment twice where it cannot know whether it was written', async () => {
    const comments = open();
    for await (const _ of comments.own()) expect(_).toBeUndefined();
    host.refusals.push({ status: 502 });
    await expect(comments.create('text')).rejects.toThrow(/^POST \/\S+ answered 502$/);
    host.comments.push({ id: 1, author: 'readiness-bot', body: 'old' });
    host.refusals.push({ status: 502 });
    await comments.update(1, 'new');
    expect(host.requests.slice(-2).map((request) => request.split(' ')[0])).toEqual([update, update]);
  });

  it('follows nobody to another host', async () => {
    host.refusals.push({ status: 302, headers: { location: 'http://127.0.0.1:9/elsewhere' } });
    await expect(keepComment(open(), mark, 'text')).rejects.toThrow('fetch failed');
  });
});
