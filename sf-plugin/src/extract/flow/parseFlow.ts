import { apiNameOf, parseRoot } from '../metadata/metadataFile.ts';
import { UnreadableError } from '../unreadable.ts';
import { child, children, isTrue, textOf, type Element } from '../xml/xml.ts';
import { connectorsIn } from './flowCalls.ts';
import { filtersOf, toFlowElement, toNode } from './flowElements.ts';
import type { FlowElement, FlowFacts, FlowResource, FlowStart, FlowVariable } from './flowFacts.ts';
import { formulaValue, nothing, textValue, valueIn } from './flowValue.ts';
import { checkDepth, labelOf, rawTextOf, withDescendants } from './xmlTree.ts';

/** Above any real flow, and low enough to analyse: elements times what they may fill. */
const maxComplexity = 2_000_000;

/** Children of a flow that may look like elements and are none. */
const notElements: ReadonlySet<string> = new Set([
  'choices',
  'constants',
  'dynamicChoiceSets',
  'formulas',
  'start',
  'textTemplates',
  'variables',
]);

/** Process types of processes that nobody calls, and what starts them. */
const processTriggers: ReadonlyMap<string, string> = new Map([
  ['Workflow', 'RecordAfterSave'],
  ['CustomEvent', 'PlatformEvent'],
]);

/**
 * Reads one flow file; its API name comes from the file name.
 *
 * @throws UnreadableError when the file is no flow, not well-formed, contradicts itself or is too large
 */
export function parseFlow(file: string, text: string): FlowFacts {
  const root = parseRoot(file, text, 'Flow');
  checkDepth(root);
  const elements = root.children.flatMap((each) => (notElements.has(each.name) ? [] : (toFlowElement(each) ?? [])));
  const variables = children(root, 'variables').map(toVariable);
  if (elements.length * (elements.length + variables.length) > maxComplexity) {
    throw new UnreadableError(root.place, 'the flow has too many elements and variables');
  }
  refuseSharedNames(elements);
  const apiVersion = Number(textOf(root, 'apiVersion') ?? Number.NaN);
  return {
    // Before API version 44 the file name ended in the number of the flow's version.
    name: apiNameOf(file).replace(/-\d+$/, ''),
    label: labelOf(root),
    place: root.place,
    apiVersion: Number.isFinite(apiVersion) ? apiVersion : undefined,
    processType: textOf(root, 'processType'),
    status: textOf(root, 'status'),
    runInMode: textOf(root, 'runInMode'),
    overriddenFlow: textOf(root, 'overriddenFlow'),
    start: toStart(root),
    variables,
    resources: root.children.flatMap(toResources),
    elements,
  };
}

/** Two elements of one name would hide each other from the connectors. */
function refuseSharedNames(elements: readonly FlowElement[]): void {
  const seen = new Set<string>();
  for (const { name, place } of elements) {
    const key = name.toLowerCase();
    if (key !== '' && seen.has(key)) throw new UnreadableError(place, `two elements are named ${name}`);
    seen.add(key);
  }
}

function toStart(root: Element): FlowStart {
  const start = child(root, 'start');
  const reference = child(root, 'startElementReference');
  const element = start ?? { name: 'start', place: (reference ?? root).place, text: '', children: [] };
  const node = toNode(element);
  const ofReference =
    reference && reference.text !== ''
      ? [{ role: reference.name, target: reference.text, place: reference.place }]
      : [];
  return {
    ...node,
    kind: 'start',
    connectors: [...ofReference, ...node.connectors],
    object: textOf(element, 'object'),
    recordTriggerType: textOf(element, 'recordTriggerType'),
    triggerType: textOf(element, 'triggerType'),
    ...processTrigger(root),
    runAsUser: textOf(element, 'flowRunAsUser'),
    where: filtersOf(element),
    requiresChange: isTrue(element, 'doesRequireRecordChangedToMeetCriteria'),
    hasConditionFormula: textOf(element, 'filterFormula') !== undefined,
    scheduledPaths: children(element, 'scheduledPaths').map((path) => ({
      name: textOf(path, 'name') ?? '',
      label: labelOf(path),
      pathType: textOf(path, 'pathType'),
      connectors: connectorsIn(path),
    })),
    isMissing: !start && ofReference.length === 0,
  };
}

/** A process (of Process Builder) is a flow that says in metadata values what starts it. */
function processTrigger(root: Element): Partial<Pick<FlowStart, 'object' | 'recordTriggerType' | 'triggerType'>> {
  const triggerType = processTriggers.get(textOf(root, 'processType') ?? '');
  if (triggerType === undefined) return {};
  const settings = new Map(
    children(root, 'processMetadataValues').map((each) => [
      textOf(each, 'name'),
      textOf(child(each, 'value') ?? each, 'stringValue'),
    ]),
  );
  const onCreateOnly = settings.get('TriggerType') === 'onCreateOnly';
  return {
    object: settings.get('ObjectType') ?? settings.get('EventType'),
    recordTriggerType: onCreateOnly ? 'Create' : 'CreateAndUpdate',
    triggerType,
  };
}

function toVariable(element: Element): FlowVariable {
  return {
    name: textOf(element, 'name') ?? '',
    place: element.place,
    dataType: textOf(element, 'dataType') ?? '',
    objectType: textOf(element, 'objectType'),
    apexClass: textOf(element, 'apexClass'),
    isCollection: isTrue(element, 'isCollection'),
    isInput: isTrue(element, 'isInput'),
    isOutput: isTrue(element, 'isOutput'),
    defaultValue: valueIn(element),
  };
}

function toResources(element: Element): FlowResource[] {
  const name = textOf(element, 'name') ?? '';
  switch (element.name) {
    case 'constants':
      return [{ kind: 'constant', name, value: valueIn(element) }];
    case 'formulas':
      return [{ kind: 'formula', name, value: formulaValue(rawTextOf(element, 'expression') ?? '') }];
    case 'textTemplates':
      return [{ kind: 'template', name, value: textValue(rawTextOf(element, 'text') ?? '') }];
    case 'choices':
      return child(element, 'userInput')
        ? [{ kind: 'user-input', name, value: nothing }]
        : [{ kind: 'choice', name, value: valueIn(element) }];
    case 'dynamicChoiceSets':
    case 'stages':
    case 'dataLookups':
      return [{ kind: 'choice', name, value: formulaValue('') }];
    case 'screens':
      return [...withDescendants(element)].flatMap((field) => {
        const fieldName = field.name === 'fields' ? textOf(field, 'name') : undefined;
        return fieldName === undefined ? [] : [{ kind: 'user-input' as const, name: fieldName, value: nothing }];
      });
    default:
      return [];
  }
}
