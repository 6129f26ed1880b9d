import { chosenBySchema, type ChosenBy, type Place } from '@agent-readiness/protocol';

/** Where a value comes from: a variable, by its name, or what a call returns. */
export type Origin = string | CallSite;

/** A call, known by identity. */
export interface CallSite {
  readonly place: Place;
}

/** What a value is computed from. */
export interface Sources {
  /** Who chooses what is in it besides the origins; `derived` where nobody does. */
  readonly chosenBy: Exclude<ChosenBy, 'constant'>;
  readonly origins: readonly Origin[];
}

/** Of a value that is computed from nothing but what is written down. */
export const noSources: Sources = { chosenBy: 'derived', origins: [] };

/** Of a value that the model supplies. */
export const modelSources: Sources = { chosenBy: 'model', origins: [] };

/** The sources of a value that is computed from several. */
export function unite(all: readonly Sources[]): Sources {
  return {
    chosenBy: leastTrusted(all.map(({ chosenBy }) => chosenBy)),
    origins: [...new Set(all.flatMap(({ origins }) => origins))],
  };
}

export function leastTrusted(kinds: readonly Sources['chosenBy'][]): Sources['chosenBy'] {
  // The kinds are declared most trusted first.
  const kind = chosenBySchema.options.findLast((each) => each !== 'constant' && kinds.includes(each));
  return kind === undefined || kind === 'constant' ? 'derived' : kind;
}

/** Whether a value is what some call returned. */
export function isReturned({ origins }: Sources): boolean {
  return origins.some((origin) => typeof origin !== 'string');
}
