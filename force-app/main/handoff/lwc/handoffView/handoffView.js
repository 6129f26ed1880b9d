import { statusOf } from 'c/handoffFormat';
import { english, fill, textFor } from 'c/handoffText';

/**
 * What the review shows, made of what a surface has stored: Salesforce and the bridge hand in the same shapes. Claims are
 * read here to be shown; whether they hold was verified where the keys are, and comes in as `checks`.
 *
 * @typedef {'true' | 'false' | 'unknown'} Truth
 *
 * @typedef {object} Check one thing that was verified
 * @property {string} name `signatures`, `chain`, `results`, or what a person calls it
 * @property {Truth} state
 * @property {string} [reason] stable code; why it does not hold, or why nobody knows
 *
 * @typedef {object} Row one signed object, or one step of a journal
 * @property {string} key digest of the signed object, or any id
 * @property {string} kind `offer`, `accept` …, a step of the org's journal, or an event of the bridge's log
 * @property {number} at seconds since the epoch
 * @property {string} [code] stable code of a refusal or a failure
 * @property {string} [envelope] compact JWS
 *
 * @typedef {object} Approval a plan that waits for a person, or did
 * @property {string} planSha256
 * @property {string} plan canonical JSON, the text under the digest
 * @property {Truth} isExact whether the text has the digest, computed where the review is served
 * @property {number} expires seconds since the epoch
 * @property {'pending' | 'approved' | 'rejected'} decision
 * @property {string} [requester]
 * @property {string} [obstacle] code or words: why the reader cannot decide; missing if they can
 *
 * @typedef {object} Source
 * @property {object} handoff `{ id, name, status, reason, outcome, taskType, agent, subject, recordId }`
 * @property {Row[]} rows
 * @property {Approval} [approval]
 * @property {Check[]} [checks]
 */

/** Why somebody cannot decide, or could not: words for a code; other text stands for itself. */
export function obstacleText(code, labels = english) {
  return textFor(labels.obstacle, code);
}

/** What the org signs or notes; everything else happened at the bridge. */
const OF_ORG = new Set(['offer', 'approval', 'close', 'stopped', 'timed_out', 'failed', 'alarm']);

/**
 * @param {Source} source
 * @param {typeof english} labels the reader's language
 * @returns {{ handoff: object, steps: object[], checks: Check[] | undefined, approval: Approval | undefined,
 *   masked: object, cost: object }} the properties of the components
 */
export function reviewOf({ handoff, rows, approval, checks }, labels = english) {
  const read = rows
    .map((row) => ({ ...row, claims: claimsOf(row.envelope) }))
    .toSorted((a, b) => a.at - b.at || orderOf(a) - orderOf(b));
  const newest = (kind) => read.findLast((row) => row.kind === kind)?.claims;
  const [offer, accept, result] = [newest('offer'), newest('accept'), newest('result')];
  return {
    handoff: { ...handoff, purpose: offer?.tctx?.purpose, due: offer?.tctx?.due, owner: ownerOf(read) },
    steps: stepsOf(read, labels),
    checks: checks?.map((check) => ({ ...check, name: textFor(labels.check, check.name) })),
    approval: approval ? { ...approval, obstacle: obstacleText(approval.obstacle, labels) } : undefined,
    masked: maskedOf(offer, result),
    cost: {
      spentUsdMicros: result?.cost_usd_micros,
      limitUsdMicros: accept?.max_cost_usd_micros ?? offer?.tctx?.max_cost_usd_micros,
      modelResponses: result?.model_responses ?? [],
    },
  };
}

/** Within one second, objects come in the order in which the protocol lets them follow each other. */
const ORDER = ['offer', 'accept', 'refuse', 'waits', 'approval', 'result', 'close'];

function orderOf({ kind, claims }) {
  const place = ORDER.indexOf(claims?.disposition === 'approval_required' ? 'waits' : kind);
  return place < 0 ? ORDER.length : place;
}

/** The claims of a compact JWS, unverified; undefined where there are none to read. */
export function claimsOf(envelope) {
  const [, body] = String(envelope ?? '').split('.');
  if (!body) return undefined;
  try {
    const bytes = atob(body.replaceAll('-', '+').replaceAll('_', '/'));
    const text = decodeURIComponent(
      Array.from(bytes, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`).join(''),
    );
    const claims = JSON.parse(text);
    return typeof claims === 'object' && claims !== null ? claims : undefined;
  } catch {
    return undefined;
  }
}

function ownerOf(rows) {
  return rows.findLast(({ claims }) => claims?.owner)?.claims.owner;
}

/** Custody moves with an accept and back with a close; nothing else moves it. */
function stepsOf(rows, labels) {
  let holder = 'org';
  return rows.map(({ key, kind, at, code, envelope, claims }) => {
    const before = holder;
    if (kind === 'accept') holder = 'bridge';
    if (kind === 'close') holder = 'org';
    const isFirst = kind === 'offer' && claims?.att === 1;
    return {
      key,
      at,
      side: OF_ORG.has(kind) ? 'org' : 'bridge',
      title: titleOf(kind, claims, labels),
      detail: detailOf(kind, claims, labels),
      code: code ?? (kind === 'refuse' ? claims?.reason : undefined),
      digest: envelope ? key : undefined,
      prev: claims?.prev,
      custody: holder !== before || isFirst ? { side: holder, ...claims?.owner } : undefined,
    };
  });
}

function titleOf(kind, claims, labels) {
  const { offer_again: offerAgain, result_is: resultIs } = labels.detail;
  if (kind === 'offer' && claims?.att > 1) return fill(offerAgain, claims.att);
  if (kind === 'result' && claims) return fill(resultIs, statusOf(claims.disposition, labels).label);
  return textFor(labels.step, kind);
}

function detailOf(kind, claims, { detail }) {
  switch (claims && kind) {
    case 'offer':
      return claims.tctx?.purpose;
    case 'accept':
      return mayText(claims.authorization_details ?? [], detail);
    case 'refuse':
      return claims.detail;
    case 'approval':
      return decisionText(claims, detail);
    case 'close':
      return claims.outcome;
    default:
      return undefined;
  }
}

function mayText(grants, texts) {
  return grants.length === 0
    ? texts.may_nothing
    : fill(texts.may, grants.map((grant) => grantText(grant, texts)).join('; '));
}

function grantText({ operation, object, fields = [], gate }, texts) {
  const names = fields.length > 0 ? ` (${fields.join(', ')})` : '';
  const what = `${operation} ${object}${names}`;
  return gate === 'approval' ? fill(texts.after_approval, what) : what;
}

function decisionText({ decision, sub, override }, texts) {
  const decided = fill(texts.decided_by, decision, sub);
  return override ? fill(texts.in_place, decided) : decided;
}

/** Which values were named for masking, which classes of data there are, and whether a model saw any of it. */
function maskedOf(offer, result) {
  const hints = offer?.masking_hints ?? {};
  const classes = new Map((offer?.data_classes ?? []).map((each) => [each.field, each]));
  const fields = [...new Set([...Object.keys(hints), ...classes.keys()])].toSorted();
  return {
    model: result === undefined ? 'pending' : result.model_responses?.length > 0 ? 'asked' : 'not_asked',
    fields: fields.map((field) => ({
      field,
      entityType: Object.hasOwn(hints, field) ? hints[field] : undefined,
      classification: classes.get(field)?.classification,
      compliance: classes.get(field)?.compliance ?? [],
    })),
  };
}
