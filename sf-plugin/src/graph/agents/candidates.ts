import type { AgentParts } from './assemble.ts';

/** An agent with its versions: most projects hold many and analyse one. */
export interface AgentCandidates {
  readonly name: string;
  readonly candidates: readonly Candidate[];
  /** Lower-case names of the planners that belong to any version. */
  readonly planners: ReadonlySet<string>;
}

/** One version of an agent, its planner not yet read. */
export interface Candidate {
  /** For comparison, 0 where the version has none. */
  readonly number: number;
  readonly isActive: boolean;
  readonly parts: () => AgentParts;
}

/**
 * The version that is live as far as metadata tells: the active one, else the highest; each of them where two package
 * directories hold it. All versions on request.
 */
export function choose(candidates: readonly Candidate[], allVersions: boolean): readonly Candidate[] {
  const bestFirst = [...candidates].sort((a, b) => Number(b.isActive) - Number(a.isActive) || b.number - a.number);
  const [best] = bestFirst;
  if (allVersions) return bestFirst;
  return bestFirst.filter(({ isActive, number }) => isActive === best?.isActive && number === best.number);
}
