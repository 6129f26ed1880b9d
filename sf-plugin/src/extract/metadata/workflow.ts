import type { Place } from '@agent-readiness/protocol';
import { child, children, isTrue, textOf } from '../xml/xml.ts';
import { apiNameOf, parseRoot, requiredText } from './metadataFile.ts';

/** One thing that a workflow rule does. */
export interface WorkflowAction {
  /** As rules refer to it: `FieldUpdate`, `Alert`, `OutboundMessage`, `Task`, … */
  readonly type: string;
  readonly name: string;
  readonly place: Place;
  /** The field that a field update sets. */
  readonly field: string | undefined;
  /** The lookup field that leads a field update to another record than the one saved. */
  readonly targetLookup: string | undefined;
  /** Where an outbound message goes. */
  readonly endpointUrl: string | undefined;
}

export interface WorkflowRule {
  readonly name: string;
  readonly place: Place;
  /** Whether an update starts it; a creation always does. */
  readonly onUpdate: boolean;
  /** What it does at once or later; an action that the file does not define has no details. */
  readonly actions: readonly WorkflowAction[];
}

/** The workflow of one object. */
export interface WorkflowFacts {
  readonly object: string;
  /** Active rules only. */
  readonly rules: readonly WorkflowRule[];
}

const definitions: ReadonlyMap<string, string> = new Map([
  ['fieldUpdates', 'FieldUpdate'],
  ['alerts', 'Alert'],
  ['outboundMessages', 'OutboundMessage'],
  ['tasks', 'Task'],
  ['flowActions', 'FlowAction'],
  ['knowledgePublishes', 'KnowledgePublish'],
]);

/**
 * The workflow rules of an object (`workflows/Case.workflow-meta.xml`).
 *
 * @throws UnreadableError when the file is not a workflow
 */
export function parseWorkflow(file: string, text: string): WorkflowFacts {
  const root = parseRoot(file, text, 'Workflow');
  const defined = new Map<string, WorkflowAction>();
  for (const element of root.children) {
    const type = definitions.get(element.name);
    if (type === undefined) continue;
    const name = requiredText(element, 'fullName');
    defined.set(`${type}/${name}`, {
      type,
      name,
      place: element.place,
      field: textOf(element, 'field'),
      targetLookup: textOf(element, 'targetObject'),
      endpointUrl: textOf(element, 'endpointUrl'),
    });
  }
  const rules = children(root, 'rules')
    .filter((rule) => isTrue(rule, 'active'))
    .map((rule): WorkflowRule => {
      const lists = [rule, ...children(rule, 'workflowTimeTriggers')];
      return {
        name: requiredText(rule, 'fullName'),
        place: rule.place,
        onUpdate: textOf(rule, 'triggerType') !== 'onCreateOnly',
        actions: lists.flatMap((list) =>
          children(list, 'actions').map((action) => {
            const type = requiredText(action, 'type');
            const name = requiredText(action, 'name');
            return defined.get(`${type}/${name}`) ?? bareAction(type, name, (child(action, 'name') ?? action).place);
          }),
        ),
      };
    });
  return { object: apiNameOf(file), rules };
}

function bareAction(type: string, name: string, place: Place): WorkflowAction {
  return { type, name, place, field: undefined, targetLookup: undefined, endpointUrl: undefined };
}
