import type { Place } from '@agent-readiness/protocol';
import { children, child, textOf, type Element } from '../xml/xml.ts';
import { locatedText, type Located } from './located.ts';

/** An action that a dialog step of a bot starts by itself, without a planner. */
export interface DialogInvocation {
  readonly dialog: string;
  readonly place: Place;
  readonly target: Located;
  /** As the metadata spells it: `apex`, `flow`, `standardInvocableAction`, … */
  readonly targetType: string | undefined;
  readonly inputs: readonly DialogInput[];
}

export interface DialogInput {
  readonly name: string;
  readonly place: Place;
  /** A value written into the dialog. */
  readonly value: string | undefined;
  readonly variable: string | undefined;
  /** `ConversationVariable`, `ContextVariable`, `PageContextVariable`. */
  readonly variableType: string | undefined;
}

/** All invocations below the dialogs of a bot version, in document order. */
export function readInvocations(version: Element): DialogInvocation[] {
  return children(version, 'botDialogs').flatMap((dialog) => {
    const name = textOf(dialog, 'developerName') ?? '';
    return invocationsBelow(dialog).flatMap((invocation) => readInvocation(invocation, name));
  });
}

/**
 * Invocations stand in steps, in variable operations of steps and in steps within steps; every
 * element of that name counts, wherever a version of the format puts it.
 */
function invocationsBelow(element: Element): Element[] {
  return element.children.flatMap((each) => (each.name === 'botInvocation' ? [each] : invocationsBelow(each)));
}

function readInvocation(element: Element, dialog: string): DialogInvocation[] {
  const target = locatedText(element, 'invocationActionName');
  if (!target) return [];
  return [
    {
      dialog,
      place: element.place,
      target,
      targetType: textOf(element, 'invocationActionType'),
      inputs: children(element, 'invocationMappings').flatMap(readInput),
    },
  ];
}

function readInput(mapping: Element): DialogInput[] {
  const name = textOf(mapping, 'parameterName');
  if (name === undefined || textOf(mapping, 'type') !== 'Input') return [];
  return [
    {
      name,
      place: mapping.place,
      // An empty value is a value: the dialog passes an empty text.
      value: child(mapping, 'value')?.text,
      variable: textOf(mapping, 'variableName'),
      variableType: textOf(mapping, 'variableType'),
    },
  ];
}
