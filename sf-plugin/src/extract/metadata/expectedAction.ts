import type { Place } from '@agent-readiness/protocol';

/** An action that a test case expects to be called. */
export interface ExpectedAction {
  readonly name: string;
  readonly place: Place;
}

/** Whether an expectation is about actions: `action_sequence_match`, in older files `actions_assertion`. */
export function expectsActions(expectation: string): boolean {
  return expectation.startsWith('action');
}

/** The names in `["A","B"]`, in `['A','B']` or in a bare `A`. */
export function actionNames(value: string): string[] {
  return value.match(/\w+/g) ?? [];
}
