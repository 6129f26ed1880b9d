import type { z } from 'zod';
import type { AccessRole } from '../access.ts';
import type { ProblemCode } from '../problems.ts';
import type { answers, bodies } from './schemas.ts';
import { paths, queries } from './schemas.ts';

/** One operation of the HTTP surface. `answer` is the name of a schema and the status that it comes with. */
export interface Operation {
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** As OpenAPI writes it: `{name}` for a parameter. */
  readonly path: string;
  readonly summary: string;
  /** Who may call; undefined where a signature speaks, or nobody needs to. */
  readonly roles?: readonly AccessRole[];
  readonly pathParameters?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: keyof typeof bodies;
  /** Media type of the body; JSON where nothing is said. */
  readonly bodyType?: 'application/x-www-form-urlencoded';
  readonly answers: Readonly<Record<number, { readonly text: string; readonly schema?: keyof typeof answers }>>;
  /** Media type of the answers; JSON where nothing is said. */
  readonly mediaType?: 'application/json' | 'text/plain' | 'application/x-ndjson';
  readonly problems: readonly ProblemCode[];
  /** An agent may have it as an action: it changes nothing, and takes an id only. */
  readonly forAgents?: boolean;
}

/** What every route behind the body parser may answer. */
const always = ['internal', 'draining', 'store_unavailable'] as const;
const token = ['unauthenticated', 'forbidden'] as const;
const body = ['body_malformed', 'body_too_large', 'content_type'] as const;

/** The only list of operations; a test compares it with the routes that Express has. */
export const operations: readonly Operation[] = [
  {
    id: 'offerHandoff',
    method: 'post',
    path: '/v1/handoffs',
    summary:
      'Offers a handoff. With Accept: text/event-stream the accept, text where the task streams, and the answer come as events.',
    body: 'Message',
    answers: {
      200: { text: 'The answer', schema: 'Answer' },
      202: { text: 'Custody taken; ask by the txn, or wait for the callback', schema: 'Answer' },
    },
    problems: [...body, 'envelope_refused', 'offer_conflict', 'erased', 'overloaded', ...always],
  },
  {
    id: 'readHandoff',
    method: 'get',
    path: '/v1/handoffs/{txn}',
    summary: 'The signed answer to a handoff as it stands.',
    roles: ['org', 'operator'],
    pathParameters: paths.txn,
    query: queries.org,
    answers: {
      200: { text: 'The answer', schema: 'Answer' },
      202: { text: 'Not finished', schema: 'Answer' },
    },
    problems: ['request_invalid', ...token, 'not_found', 'erased', ...always],
  },
  {
    id: 'claimHandoff',
    method: 'get',
    path: '/v1/claims/{handoffId}',
    summary:
      'Gets what became of a task that was handed over, by its handoff id. Ask again while the status is pending. ' +
      'When the status is approval_required a person has to decide first.',
    roles: ['org'],
    pathParameters: paths.handoffId,
    answers: { 200: { text: 'What became of it', schema: 'Claim' } },
    problems: ['request_invalid', ...token, 'not_found', 'erased', 'claim_over', ...always],
    forAgents: true,
  },
  {
    id: 'sendApproval',
    method: 'post',
    path: '/v1/approvals',
    summary: "A person's signed decision over a plan; the answer is what came of it.",
    body: 'Envelope',
    answers: {
      200: { text: 'The answer', schema: 'Answer' },
      202: { text: 'The plan is being carried out', schema: 'Answer' },
    },
    problems: [...body, 'envelope_refused', 'approval_refused', 'erased', 'busy', ...always],
  },
  {
    id: 'sendClose',
    method: 'post',
    path: '/v1/closes',
    summary: 'What the org did with a result.',
    body: 'Envelope',
    answers: { 204: { text: 'Recorded' } },
    problems: [...body, 'envelope_refused', 'erased', ...always],
  },
  {
    id: 'readCheckpoint',
    method: 'get',
    path: '/v1/audit/checkpoint',
    summary: 'The signed head of the log.',
    roles: ['auditor', 'operator'],
    answers: { 200: { text: 'C2SP tlog-checkpoint', schema: 'Text' } },
    mediaType: 'text/plain',
    problems: [...token, ...always],
  },
  {
    id: 'readEntries',
    method: 'get',
    path: '/v1/audit/entries',
    summary: 'Entries of the log with their salts.',
    roles: ['auditor', 'operator'],
    query: queries.entries,
    answers: { 200: { text: 'Entries', schema: 'AuditEntries' } },
    problems: ['request_invalid', ...token, ...always],
  },
  {
    id: 'proveInclusion',
    method: 'get',
    path: '/v1/audit/inclusion',
    summary: 'Proves that an entry is in the tree of a size (RFC 6962 section 2.1.1).',
    roles: ['auditor', 'operator'],
    query: queries.inclusion,
    answers: { 200: { text: 'The audit path', schema: 'Proof' } },
    problems: ['request_invalid', ...token, ...always],
  },
  {
    id: 'proveConsistency',
    method: 'get',
    path: '/v1/audit/consistency',
    summary: 'Proves that the log has only grown between two sizes (RFC 6962 section 2.1.2).',
    roles: ['auditor', 'operator'],
    query: queries.consistency,
    answers: { 200: { text: 'The proof', schema: 'Proof' } },
    problems: ['request_invalid', ...token, ...always],
  },
  {
    id: 'exportLog',
    method: 'get',
    path: '/v1/audit/export',
    summary: 'Every entry, a line of JSON each, and the checkpoint as the last line.',
    roles: ['auditor', 'operator'],
    answers: { 200: { text: 'The log' } },
    mediaType: 'application/x-ndjson',
    problems: [...token, ...always],
  },
  {
    id: 'readKillSwitch',
    method: 'get',
    path: '/v1/kill-switch',
    summary: 'What is stopped.',
    roles: ['operator', 'auditor', 'monitor'],
    answers: { 200: { text: 'The orders in force', schema: 'KillOrders' } },
    problems: [...token, ...always],
  },
  {
    id: 'engageKillSwitch',
    method: 'put',
    path: '/v1/kill-switch',
    summary: 'Stops everything, an agent or a task: no new question to a model and no side effect.',
    roles: ['operator'],
    body: 'KillOrder',
    answers: { 204: { text: 'Stopped' } },
    problems: [...body, ...token, ...always],
  },
  {
    id: 'releaseKillSwitch',
    method: 'delete',
    path: '/v1/kill-switch',
    summary: 'Lets it go on.',
    roles: ['operator'],
    body: 'KillRelease',
    answers: { 204: { text: 'Released' } },
    problems: [...body, ...token, ...always],
  },
  {
    id: 'erasePerson',
    method: 'post',
    path: '/v1/erasures',
    summary: 'Makes what belongs to a person unreadable, by destroying their keys.',
    roles: ['operator'],
    body: 'Person',
    answers: { 200: { text: 'Destroyed', schema: 'Erased' } },
    problems: [...body, ...token, ...always],
  },
  {
    id: 'revertHandoff',
    method: 'post',
    path: '/v1/reverts',
    summary: 'Undoes what a handoff has changed, once, and only while nobody has changed it since.',
    roles: ['operator'],
    body: 'HandoffKey',
    answers: {
      200: { text: 'Undone', schema: 'Reverted' },
      202: { text: 'Sent, and the org did not answer: ask again', schema: 'Reverted' },
    },
    problems: [...body, ...token, 'revert_refused', 'erased', ...always],
  },
  {
    id: 'getAccessToken',
    method: 'post',
    path: '/oauth/token',
    summary: 'An access token for an org (RFC 6749 section 4.4); errors are those of its section 5.2.',
    body: 'TokenRequest',
    bodyType: 'application/x-www-form-urlencoded',
    answers: { 200: { text: 'The token', schema: 'AccessToken' } },
    problems: ['body_malformed', 'unauthenticated', 'body_too_large', 'content_type', 'internal', 'draining'],
  },
  {
    id: 'readAuthorizationServer',
    method: 'get',
    path: '/.well-known/oauth-authorization-server',
    summary: 'Metadata of the authorization server (RFC 8414).',
    answers: { 200: { text: 'The metadata', schema: 'Metadata' } },
    problems: ['draining'],
  },
  {
    id: 'readProtectedResource',
    method: 'get',
    path: '/.well-known/oauth-protected-resource/mcp',
    summary: 'Metadata of the MCP endpoint (RFC 9728).',
    answers: { 200: { text: 'The metadata', schema: 'Metadata' } },
    problems: ['draining'],
  },
  {
    id: 'sendMcp',
    method: 'post',
    path: '/mcp',
    summary: 'MCP over streamable HTTP, without sessions; one tool, the claim check.',
    roles: ['org'],
    body: 'McpMessage',
    answers: { 200: { text: 'The JSON-RPC answer', schema: 'Metadata' }, 202: { text: 'A notification was taken' } },
    problems: [...body, ...token, ...always],
  },
  {
    id: 'listenMcp',
    method: 'get',
    path: '/mcp',
    summary: 'Nothing is sent unasked: always 405.',
    roles: ['org'],
    answers: {},
    problems: [...token, 'method_not_allowed', 'draining'],
  },
  {
    id: 'readReadiness',
    method: 'get',
    path: '/v1/readiness',
    summary: 'The rows of the gate; 503 unless every row is met.',
    roles: ['monitor', 'operator', 'auditor'],
    answers: {
      200: { text: 'Ready', schema: 'Readiness' },
      503: { text: 'Not ready', schema: 'Readiness' },
    },
    problems: [...token],
  },
  {
    id: 'readMetrics',
    method: 'get',
    path: '/metrics',
    summary: 'Figures in the text format of Prometheus.',
    roles: ['monitor', 'operator'],
    answers: { 200: { text: 'The figures', schema: 'Text' } },
    mediaType: 'text/plain',
    problems: [...token],
  },
  {
    id: 'readHealth',
    method: 'get',
    path: '/healthz',
    summary: 'Whether the process serves requests.',
    answers: { 200: { text: 'It does', schema: 'Status' } },
    problems: [],
  },
  {
    id: 'readReady',
    method: 'get',
    path: '/readyz',
    summary: 'Whether it takes new work.',
    answers: { 200: { text: 'It does', schema: 'Status' } },
    problems: ['draining', 'store_unavailable'],
  },
];
