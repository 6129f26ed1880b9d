import { invocableActionType } from './invocableActionTypes.ts';
import { platformAction } from './platformActions.ts';
import type { StandardAction } from './template.ts';
import { templateFlow } from './templateFlows.ts';
import { effectsByVerb } from './verbs.ts';

/**
 * What a standard action does, by its platform name or the name it has in the action library; `undefined` where the
 * platform does not provide it, or its name does not tell.
 *
 * @param target the name, or `name/configuration`, as in `getEinsteinRetrieverResults/Product_Index`
 */
export function standardAction(target: string): StandardAction | undefined {
  const [name = target] = target.split('/', 1);
  return platformAction(name) ?? templateFlow(name) ?? suggestedBy(name);
}

function suggestedBy(name: string): StandardAction | undefined {
  // `slackAgentDynamic` provides one action per name after it; other libraries name platform actions.
  const known = invocableActionType(name) ?? slackAction(name) ?? invocableActionType(name.replace(/^\w+?__/, ''));
  const effects = known === undefined ? undefined : effectsByVerb(known);
  return effects && { effects, certainty: 'possible' };
}

function slackAction(name: string): string | undefined {
  const [, action] = /^slackAgentDynamic__([a-z]\w*)$/i.exec(name) ?? [];
  return action === undefined ? undefined : `slack${action.charAt(0).toUpperCase()}${action.slice(1)}`;
}
