import type { OrgRefusal } from '../../ports/org.ts';
import type { CompositeAnswer } from './composite.ts';
import { isPassing } from './errorCodes.ts';

export function refusalOf(code: string): OrgRefusal {
  return { kind: isPassing(code) ? 'unavailable' : 'rejected', code };
}

/** What an answer that is none means for a request that only reads. */
export function readRefusal(answer: Exclude<CompositeAnswer, { kind: 'answered' }>): OrgRefusal {
  if (answer.kind === 'refused') return refusalOf(answer.code);
  return { kind: 'unavailable', code: answer.kind === 'unsent' ? unreachable : 'ORG_NO_ANSWER' };
}

/** No connection, or nobody was let in. */
export const unreachable = 'ORG_UNREACHABLE';
