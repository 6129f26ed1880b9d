import { dataOperations, type Operation, type Place } from '@agent-readiness/protocol';
import { operationFor, type DataOperation } from '../dataOperation.ts';
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
  const effects = action.effects.map((template): LocalEffect => {
    const narrow = narrowed(template, context);
    const { operation, object, fields, extent, identity, reversibility } = narrow ?? template;
    return {
      operation,
      object,
      fields,
      extent,
      identity: identity ?? context.identity,
      chosenBy: leastTrusted(context),
      reversibility: reversibility ?? reversibilityOf(operation),
      // That the input decides the object is read off its name.
      certainty: narrow ? 'possible' : action.certainty,
      place: site,
      label,
    };
  });
  return withEffects(...effects);
}

/** The template with the object that constant inputs name, where it leaves the object open and they agree. */
function narrowed(template: EffectTemplate, { inputs }: CallContext): EffectTemplate | undefined {
  if (template.object !== '*' || !isDataOperation(template.operation)) return undefined;
  const named = Object.entries(inputs)
    .filter(([name]) => objectInputs.has(name.toLowerCase()))
    .map(([, { constant }]) => (typeof constant === 'string' && /^\w+$/.test(constant) ? constant : undefined));
  const [object] = named;
  if (object === undefined || new Set(named).size > 1) return undefined;
  return { ...template, object, operation: operationFor(object, template.operation) };
}

function isDataOperation(operation: Operation): operation is DataOperation {
  return dataOperations.has(operation) && operation !== 'grant';
}
