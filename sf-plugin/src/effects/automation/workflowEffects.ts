import type { Place } from '@agent-readiness/protocol';
import type { WorkflowAction, WorkflowFacts, WorkflowRule } from '../../extract/metadata/workflow.ts';
import type { LocalEffect, RecordEvent } from '../model.ts';
import { reversibilityOf } from '../reversibility.ts';

/** What stays the same for every effect of one write. */
export type WorkflowSetting = Pick<LocalEffect, 'extent' | 'extentLimit' | 'chosenBy'>;

/** Finds the object behind a lookup field of an object; empty where the project does not define the field. */
type ReferencesTo = (object: string, field: string) => readonly string[];

/** What the active workflow rules of an object do when a record of it was created or updated. */
export function workflowEffects(
  { object, rules }: WorkflowFacts,
  event: RecordEvent,
  setting: WorkflowSetting,
  referencesTo: ReferencesTo,
): LocalEffect[] {
  if (event !== 'create' && event !== 'update') return [];
  return rules
    .filter(({ onUpdate }) => event === 'create' || onUpdate)
    .flatMap((rule) => rule.actions.flatMap((action) => effectsOf(action, rule, object, setting, referencesTo)));
}

function effectsOf(
  action: WorkflowAction,
  rule: WorkflowRule,
  object: string,
  setting: WorkflowSetting,
  referencesTo: ReferencesTo,
): LocalEffect[] {
  const label = `workflow rule "${rule.name}": ${action.type} ${action.name}`;
  const base = { ...setting, identity: 'system', certainty: 'proven', place: action.place, label } as const;
  switch (action.type) {
    case 'FieldUpdate': {
      const targets = action.targetLookup === undefined ? [object] : referencesTo(object, action.targetLookup);
      return (targets.length > 0 ? targets : [parentByName(action.targetLookup ?? '')]).map((target) => ({
        ...base,
        operation: 'update',
        object: target,
        fields: [action.field ?? '*'],
        reversibility: reversibilityOf('update'),
      }));
    }
    case 'Alert':
      return [
        {
          ...base,
          operation: 'send-message',
          object: 'email',
          fields: [],
          reversibility: reversibilityOf('send-message'),
        },
      ];
    case 'OutboundMessage':
      return [
        {
          ...base,
          operation: 'callout',
          object: hostOf(action.endpointUrl),
          fields: [],
          reversibility: reversibilityOf('callout'),
        },
      ];
    case 'Task':
      return [
        { ...base, operation: 'create', object: 'Task', fields: ['*'], reversibility: reversibilityOf('create') },
      ];
    default:
      return [unknownAction(setting, action.place, label)];
  }
}

function unknownAction(setting: WorkflowSetting, place: Place, label: string): LocalEffect {
  return {
    ...setting,
    operation: 'unknown',
    object: '*',
    fields: ['*'],
    identity: 'system',
    reversibility: reversibilityOf('unknown'),
    certainty: 'opaque',
    place,
    label,
  };
}

/** Standard lookups are no files of the project: `AccountId` leads to Account, `Owner` and others stay open. */
function parentByName(lookup: string): string {
  return /^[A-Z]\w*Id$/.test(lookup) && !/^(Owner|Parent|CreatedBy|LastModifiedBy|Who|What)Id$/.test(lookup)
    ? lookup.slice(0, -2)
    : '*';
}

/** The host of an address, or the text itself where it is none (a merge field, for instance). */
function hostOf(url: string | undefined): string {
  return /^https?:\/\/([^/:?#\s]+)/i.exec(url ?? '')?.[1]?.toLowerCase() ?? url ?? '*';
}
