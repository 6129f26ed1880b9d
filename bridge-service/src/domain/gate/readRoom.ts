import { capacity, type Grant } from '@agent-readiness/protocol/handoff';
import { allows, type PlannedRead } from '../task/planReads.ts';

/** How many records a read may bring under the accepted authority, when `used` of its object have been asked for before. */
export function readRoom(read: PlannedRead, grants: readonly Grant[], used: number): number {
  const room = grants.filter((grant) => allows(grant, read)).map((grant) => capacity(grant) - used);
  return Math.max(0, Math.min(read.limit, Math.max(0, ...room)));
}
