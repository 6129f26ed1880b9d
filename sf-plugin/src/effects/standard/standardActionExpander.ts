import { dataOperations, type Place } from '@agent-readiness/protocol';
import type { CallContext, Expander, Expansion, LocalEffect } from '../model.ts';
import { reversibilityOf } from '../reversibility.ts';
import { leastTrusted, opaque, withEffects } from './sourceless.ts';
import { standardAction } from './standardAction.ts';
import type { EffectTemplate, StandardAction } from './template.ts';
import { templateFlow } from './templateFlows.ts';

/** Inputs that name the object, in the spellings that the platform uses, in lower case. */
const objectInputs: ReadonlySet<string> = new Set(['objectapiname', 'objectname', 'objecttype', 'sobjecttype']);

/**
 * Expands standard actions, and managed template flows: ask it about a flow once the project has no such flow.
 *
 * A standard action of which nothing is known is opaque, never `undefined`.
 */
export function createStandardActionExpander(): Expander {
  return (callable, context, site) => {
    if (callable.kind === 'standard-action') {
      const action = standardAction(callable.name);
      if (!action) return opaque(site, `what the standard action ${callable.name} does is not known`);
      return expand(`standard action ${callable.name}`, action, context, site);
    }
    const flow = callable.kind === 'flow' ? templateFlow(callable.name) : undefined;
    return flow && expand(`managed flow ${callable.name}`, flow, context, site);
  };
}

function expand(label: string, action: StandardAction, context: CallContext, site: Place): Expansion {
  return withEffects(...action.effects.map((template) => toEffect(label, template, action, context, site)));
}

function toEffect(
  label: string,
  template: EffectTemplate,
  action: StandardAction,
  context: CallContext,
  site: Place,
): LocalEffect {
  const { operation, fields, extent } = template;
  const named = template.object === '*' && dataOperations.has(operation) ? namedObject(context) : undefined;
  return {
    operation,
    object: named ?? template.object,
    fields,
    extent,
    identity: template.identity ?? context.identity,
    chosenBy: leastTrusted(context),
    reversibility: template.reversibility ?? reversibilityOf(operation),
    // That the input decides the object is read off its name.
    certainty: named === undefined ? action.certainty : 'possible',
    place: site,
    label,
  };
}

/** The object that constant inputs name, where they agree. */
function namedObject({ inputs }: CallContext): string | undefined {
  const named = Object.entries(inputs)
    .filter(([name]) => objectInputs.has(name.toLowerCase()))
    .map(([, { constant }]) => (typeof constant === 'string' && /^\w+$/.test(constant) ? constant : undefined));
  return new Set(named).size === 1 ? named[0] : undefined;
}
