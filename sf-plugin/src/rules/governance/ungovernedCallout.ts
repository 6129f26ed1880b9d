import { effectRule } from '../effectRule.ts';

export const ungovernedCallout = effectRule({
  id: 'ungoverned-callout',
  category: 'governance',
  severity: 'medium',
  summary: 'An action calls an address outside of any named credential.',
  matches: ({ operation, object, reach }) =>
    operation === 'callout' &&
    reach !== 'cascade' && // A host has a dot; a named credential has none.
    (object === '*' || object.includes('.')),
  message: ({ object }, { action }) =>
    object === '*'
      ? `${action.name} calls an address that is decided at run time.`
      : `${action.name} calls ${object} directly, not through a named credential.`,
  fix: () => 'Call through a named credential: it fixes the address, holds the secret and can be switched off.',
});
