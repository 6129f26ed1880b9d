import type { Certainty, Extent, Place } from '@agent-readiness/protocol';
import type { FieldFacts } from '../../extract/metadata/customField.ts';
import type { WorkflowFacts } from '../../extract/metadata/workflow.ts';
import { firedRecords } from '../apex/triggers.ts';
import type { AbstractValue, Call, CallContext, Expander, LocalEffect, RecordEvent } from '../model.ts';
import { reversibilityOf } from '../reversibility.ts';
import { recordEventsOf } from './recordEvents.ts';
import { standardCascades } from './standardCascades.ts';
import { workflowEffects } from './workflowEffects.ts';

/** A trigger or a record-triggered flow, and where it stands. */
export type Automation = {
  readonly name: string;
  readonly place: Place;
} & (
  | {
      readonly kind: 'flow';
      /** Of which an update must change one. */ readonly changes: readonly string[] | undefined;
    }
  | { readonly kind: 'trigger'; /** E.g. `before insert`. */ readonly event: string }
);

/** What the project adds to the writes of an object. Names are compared without regard to case. */
export interface AutomationLookups {
  /** The automations that an event on an object starts. */
  automations(object: string, event: RecordEvent): readonly Automation[];
  /** The fields of the project that look up an object. */
  fieldsReferencing(object: string): readonly FieldFacts[];
  /** The objects that a lookup field of the project points at. */
  referencesTo(object: string, field: string): readonly string[];
  workflow(object: string): WorkflowFacts | undefined;
  /** Whether the project stores the field as it is written: it is no formula, no roll-up and not the platform's. */
  isStored(object: string, field: string): boolean;
  /** The roll-up fields of the project that count or add up records of an object. */
  rollUpsOf(object: string): readonly FieldFacts[];
}

/** Expands what the platform does by itself once a record was written. */
export function createRecordEventExpander(lookups: AutomationLookups): Expander {
  return (callable, context, site) => {
    if (callable.kind !== 'record-event') return undefined;
    const { name: object, event, many, fields } = callable;
    const family: Family = { object, context, site, many, extent: many ? 'unbounded' : 'children-of-one' };
    const waiting = lookups.automations(object, event);
    // A trigger that runs before the save may set further fields, without a write of its own.
    const mayBeMore = waiting.some((each) => each.kind === 'trigger' && each.event.startsWith('before'));
    const untouched = waiting.filter(
      (automation) => event === 'update' && !mayBeMore && leavesAlone(fields, automation, object, lookups),
    );
    const started = waiting.filter((automation) => !untouched.includes(automation));
    const deletes = event === 'delete' || event === 'cascade-delete';
    const steps = [
      ...(deletes ? childSteps(family, lookups) : []),
      ...rollUpSteps(family, event, fields, lookups),
      ...workflowSteps(family, event, lookups),
    ];
    return {
      effects: steps.map(({ effect }) => effect),
      calls: [...started.map((automation) => start(automation, event, family)), ...steps.flatMap(({ next }) => next)],
      pruned: untouched.map(({ name, place }) => ({
        ...place,
        reason: `flow ${name} waits for a change of other fields than ${fields.join(', ')}`,
      })),
    };
  };
}

/** The record that was written, and how many records of its children that may concern. */
interface Family {
  readonly object: string;
  readonly context: CallContext;
  readonly site: Place;
  readonly many: boolean;
  readonly extent: Extent;
}

/** One effect of the platform, and what it starts in turn. */
interface Step {
  readonly effect: LocalEffect;
  readonly next: readonly Call[];
}

/** A write that changes none of the fields a flow waits for does not start it. */
function leavesAlone(
  fields: readonly string[],
  automation: Automation,
  object: string,
  lookups: AutomationLookups,
): boolean {
  if (automation.kind !== 'flow' || automation.changes === undefined || fields.includes('*')) return false;
  const written = new Set(fields.map((field) => field.toLowerCase()));
  return automation.changes.every((field) => !written.has(field.toLowerCase()) && lookups.isStored(object, field));
}

function start(automation: Automation, event: RecordEvent, { object, context, many }: Family): Call {
  const { kind, name, place } = automation;
  const records: AbstractValue = { chosenBy: context.otherInputs, size: many ? 'unbounded' : 1 };
  return {
    callee: kind === 'flow' ? { kind, name } : { kind, name, event: automation.event },
    context: { ...context, inputs: kind === 'flow' ? {} : { [firedRecords]: records } },
    cause: 'automation',
    certainty: 'proven',
    place,
    label: `${kind} ${name} runs ${kind === 'flow' ? `on ${event}` : automation.event} of ${object}`,
  };
}

/** What a delete does to the records below: they go too, or lose their link. */
function childSteps(family: Family, lookups: AutomationLookups): Step[] {
  const ofProject = lookups.fieldsReferencing(family.object).flatMap((field): readonly Step[] => {
    const name = `${field.object}.${field.name}`;
    if (field.type === 'MasterDetail') {
      return [removal(field.object, field.name, family, field.place, `master-detail ${name}`)];
    }
    if (field.deleteConstraint === 'Cascade') {
      return [removal(field.object, field.name, family, field.place, `cascading lookup ${name}`)];
    }
    if (field.type !== 'Lookup' || field.deleteConstraint === 'Restrict') return [];
    return [{ effect: fieldUpdate(field, family, `lookup ${name} is cleared`), next: [] }];
  });
  const ofPlatform = standardCascades(family.object).map(({ child, field, certainty }) =>
    removal(child, field, family, family.site, `${child}.${field} goes with its ${family.object}`, certainty),
  );
  return [...ofProject, ...ofPlatform];
}

function removal(
  child: string,
  lookup: string,
  { context, extent }: Family,
  place: Place,
  label: string,
  certainty: Certainty = 'proven',
): Step {
  return {
    effect: {
      operation: 'delete',
      object: child,
      fields: [],
      extent,
      identity: 'system',
      chosenBy: context.otherInputs,
      reversibility: reversibilityOf('delete'),
      certainty,
      place,
      label,
    },
    next: [
      {
        callee: { kind: 'record-event', name: child, event: 'cascade-delete', many: true, fields: [lookup] },
        context,
        cause: 'cascade',
        certainty,
        place,
        label,
      },
    ],
  };
}

/**
 * A roll-up is worked out anew when a detail record changes, whoever changed it; that is an update of its parent. Where
 * the detail goes with a parent, that parent has no roll-up any more.
 */
function rollUpSteps(
  family: Family,
  event: RecordEvent,
  fields: readonly string[],
  lookups: AutomationLookups,
): Step[] {
  const gone = new Set(
    event === 'cascade-delete' ? fields.map((field) => `${family.object}.${field}`.toLowerCase()) : [],
  );
  const left = lookups.rollUpsOf(family.object).filter(({ summarizes = '' }) => !gone.has(summarizes.toLowerCase()));
  return left.map((field) => {
    const label = `roll-up ${field.object}.${field.name} of ${family.object}`;
    const effect = {
      ...fieldUpdate(field, family, label),
      extent: family.extent === 'unbounded' ? family.extent : 'one',
    } as const;
    return { effect, next: recordEventsOf(effect) };
  });
}

function workflowSteps({ object, context, many }: Family, event: RecordEvent, lookups: AutomationLookups): Step[] {
  const workflow = lookups.workflow(object);
  if (!workflow) return [];
  const setting = { extent: many ? 'unbounded' : 'one', chosenBy: context.otherInputs } as const;
  return workflowEffects(workflow, event, setting, (from, field) => lookups.referencesTo(from, field)).map(
    (effect) => ({
      effect,
      next: recordEventsOf(effect),
    }),
  );
}

function fieldUpdate({ object, name, place }: FieldFacts, { context, extent }: Family, label: string): LocalEffect {
  return {
    operation: 'update',
    object,
    fields: [name],
    extent,
    identity: 'system',
    chosenBy: context.otherInputs,
    reversibility: reversibilityOf('update'),
    certainty: 'proven',
    place,
    label,
  };
}
