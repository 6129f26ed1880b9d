import type { SourceLibrary } from '../extract/library/sourceLibrary.ts';
import { createApexExpander } from './apex/apexExpander.ts';
import { createAutomationIndex } from './automation/automationIndex.ts';
import { createRecordEventExpander } from './automation/recordEventExpander.ts';
import { expandFlow } from './flow/expandFlow.ts';
import type { Expander } from './model.ts';
import { createServiceExpander } from './services/serviceExpander.ts';
import { createStandardActionExpander } from './standard/standardActionExpander.ts';

/** The expander for every kind of callable. */
export function createExpander(library: SourceLibrary): Expander {
  const { fields } = library;
  const referencesTo = (object: string, field: string): readonly string[] => fields.referencesTo(object, field);
  const apex = createApexExpander(library.apex);
  const services = createServiceExpander(library);
  const standardActions = createStandardActionExpander();
  const recordEvents = createRecordEventExpander({
    automations: createAutomationIndex(library.triggeredFlows, library.apex.triggers),
    fieldsReferencing: (object) => fields.fieldsReferencing(object),
    rollUpsOf: (object) => fields.rollUpsOf(object),
    workflow: library.workflow,
    referencesTo,
  });
  const flowLookups = { flow: library.flow, referencesTo };
  return (callable, context, site) => {
    switch (callable.kind) {
      case 'flow': {
        const flow = library.flow(callable.name);
        return flow ? expandFlow(flow, context, flowLookups) : standardActions(callable, context, site);
      }
      case 'standard-action':
        return standardActions(callable, context, site);
      case 'record-event':
        return recordEvents(callable, context, site);
      case 'apex-class':
      case 'apex-method':
      case 'trigger':
        return apex(callable, context, site);
      default:
        return services(callable, context, site);
    }
  };
}
