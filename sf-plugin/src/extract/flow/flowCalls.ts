import { child, children, textOf, type Element } from '../xml/xml.ts';
import type { Connector, FlowCall } from './flowFacts.ts';
import { namedValues } from './flowValue.ts';
import { labelOf, withDescendants } from './xmlTree.ts';

/** How the parts of an action are spelled: an element may hold several actions side by side. */
const actionForms = [
  { type: 'actionType', name: 'actionName', inputs: 'inputParameters' },
  { type: 'entryActionType', name: 'entryActionName', inputs: 'entryActionInputParameters' },
  { type: 'exitActionType', name: 'exitActionName', inputs: 'exitActionInputParameters' },
  {
    type: 'autoApprovalActionType',
    name: 'autoApprovalActionName',
    inputs: 'autoApprovalActionInputParameters',
  },
] as const;

/** Screen components that come with the platform and only show, ask or navigate. */
const standardComponents = /^(flowruntime|forceContent|lightning):/;

/** Tags of children that name a variable which the element fills. */
const outputTags: ReadonlySet<string> = new Set([
  'assignToReference',
  'assignRecordIdToReference',
  'outputReference',
  'objectFieldReference',
]);

/** Every connector of an element, however deep it stands, so that no way onward is missed. */
export function connectorsIn(element: Element): Connector[] {
  const found: Connector[] = [];
  for (const each of withDescendants(element)) {
    const target = textOf(each, 'targetReference');
    if (target !== undefined) found.push({ role: each.name, target, place: each.place });
  }
  return found;
}

/** Every action, subflow, plug-in and custom screen component in an element, however deep it stands. */
export function callsIn(element: Element): FlowCall[] {
  return [...withDescendants(element)].flatMap(callsOf);
}

export function outputsIn(element: Element): string[] {
  return [...withDescendants(element)].flatMap(({ name, text }) => (outputTags.has(name) && text !== '' ? [text] : []));
}

function callsOf(element: Element): FlowCall[] {
  // `T__records` types the input `records`, `U__records` the output.
  const types = children(element, 'dataTypeMappings').map((mapping) => ({
    parameter: (textOf(mapping, 'typeName') ?? '').replace(/^[TU]__/, ''),
    object: textOf(mapping, 'typeValue') ?? '*',
  }));
  const toCall = (type: string, name: string | undefined, inputsTag: string): FlowCall => ({
    type,
    name: name ?? '',
    label: labelOf(element, name),
    place: element.place,
    inputs: namedValues(element, inputsTag),
    types,
  });
  const calls = actionForms.flatMap((form) =>
    child(element, form.type) || child(element, form.name)
      ? toCall(textOf(element, form.type) ?? '', textOf(element, form.name), form.inputs)
      : [],
  );
  const flowName = textOf(element, 'flowName');
  if (element.name === 'subflows' || flowName !== undefined) calls.push(toCall('flow', flowName, 'inputAssignments'));
  if (element.name === 'apexPluginCalls') {
    calls.push(toCall('apexPlugin', textOf(element, 'apexClass'), 'inputParameters'));
  }
  const component = textOf(element, 'extensionName');
  if (component !== undefined && !standardComponents.test(component)) {
    calls.push(toCall('screenComponent', component, 'inputParameters'));
  }
  return calls;
}
