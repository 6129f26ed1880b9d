import type { SourceLibrary } from '../extract/library/sourceLibrary.ts';
import { createApexExpander } from './apex/apexExpander.ts';
import { createAutomationIndex } from './automation/automationIndex.ts';
import { createRecordEventExpander } from './automation/recordEventExpander.ts';
import { callKey } from './callKey.ts';
import { expandFlow } from './flow/expandFlow.ts';
import { withHandoffs } from './handoff/handoffGrants.ts';
import type { CallContext, Expander, Expansion } from './model.ts';
import { repeatAsCalled } from './repeat.ts';
import { createServiceExpander } from './services/serviceExpander.ts';
import { templateFlowOf } from './standard/templateFlows.ts';
import { createStandardActionExpander } from './standard/standardActionExpander.ts';

/**
 * The expander for every kind of callable. Code of the project is expanded once in each context, however many
 * actions reach it.
 */
export function createExpander(library: SourceLibrary): Expander {
  const { fields } = library;
  const referencesTo = (object: string, field: string): readonly string[] => fields.referencesTo(object, field);
  const apex = withHandoffs(remembered(createApexExpander(library.apex)), library);
  const services = createServiceExpander(library);
  const standardActions = createStandardActionExpander();
  const recordEvents = createRecordEventExpander({
    automations: createAutomationIndex(library.triggeredFlows, library.apex.triggers),
    fieldsReferencing: (object) => fields.fieldsReferencing(object),
    rollUpsOf: (object) => fields.rollUpsOf(object),
    workflow: library.workflow,
    isStored: (object, name) => fields.field(object, name)?.isCalculated === false,
    referencesTo,
  });
  const flowLookups = { flow: library.flow, referencesTo };
  const flows = remembered((callable, context) => {
    const flow = library.flow(callable.name);
    return flow && expandFlow(flow, context, flowLookups);
  });
  return (callable, context, site) => {
    switch (callable.kind) {
      case 'flow':
        return flows(callable, context, site) ?? asCalled(standardActions(callable, context, site), context);
      case 'standard-action': {
        const override = templateFlowOf(callable.name);
        const expansion = override === undefined ? undefined : flows({ kind: 'flow', name: override }, context, site);
        return expansion ?? asCalled(standardActions(callable, context, site), context);
      }
      case 'record-event':
        return recordEvents(callable, context, site);
      case 'apex-class':
      case 'apex-method':
      case 'trigger':
        return apex(callable, context, site);
      default:
        return asCalled(services(callable, context, site), context);
    }
  };
}

/** Expands each callable once in each context. Of use where the answer does not depend on where the call stands. */
function remembered(expand: Expander): Expander {
  const known = new Map<string, Expansion | undefined>();
  return (callable, context, site) => {
    const key = callKey(callable, context);
    if (!known.has(key)) known.set(key, expand(callable, context, site));
    return known.get(key);
  };
}

function asCalled(expansion: Expansion | undefined, context: CallContext): Expansion | undefined {
  return expansion && repeatAsCalled(expansion, context);
}
