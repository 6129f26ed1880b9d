import { child, children, isTrue, textOf, type Element } from '../xml/xml.ts';
import { callsIn, connectorsIn, outputsIn } from './flowCalls.ts';
import type { FlowCondition, FlowElement, FlowFilters, FlowNode, Outcome, RecordWrite } from './flowFacts.ts';
import { namedValues, referencesIn, valueIn } from './flowValue.ts';
import { labelOf, withDescendants } from './xmlTree.ts';

/** Elements whose calls, outputs and connectors say all there is to say. */
const steps: ReadonlySet<string> = new Set([
  'actionCalls',
  'apexPluginCalls',
  'customErrors',
  'ends',
  'experiments',
  'groups',
  'orchestratedStages',
  'recordRollbacks',
  'screens',
  'steps',
  'subflows',
  'waits',
]);

/** Reads a top-level child of a flow; `undefined` where it is not an element. */
export function toFlowElement(element: Element): FlowElement | undefined {
  const node = toNode(element);
  switch (element.name) {
    case 'recordCreates':
      return toWrite(element, node, 'create');
    case 'recordUpdates':
      return toWrite(element, node, 'update');
    case 'recordDeletes':
      return toWrite(element, node, 'delete');
    case 'recordLookups':
      return {
        ...node,
        kind: 'lookup',
        object: textOf(element, 'object'),
        where: filtersOf(element),
        firstOnly: isTrue(element, 'getFirstRecordOnly'),
        limit: valueIn(element, 'limit'),
        fields: children(element, 'queriedFields').flatMap(({ text }) => text || []),
        outputReference: textOf(element, 'outputReference'),
        outputs: children(element, 'outputAssignments').flatMap(outputsIn),
      };
    case 'assignments':
      return {
        ...node,
        kind: 'assignment',
        outputs: [],
        items: children(element, 'assignmentItems').map((item) => ({
          target: textOf(item, 'assignToReference') ?? '',
          operator: textOf(item, 'operator') ?? '',
          value: valueIn(item),
          place: item.place,
        })),
      };
    case 'loops':
      return {
        ...node,
        kind: 'loop',
        outputs: [],
        collection: textOf(element, 'collectionReference') ?? '',
        variable: textOf(element, 'assignNextValueToReference'),
      };
    case 'decisions': {
      const outcomes = children(element, 'rules').map(toOutcome);
      const ofOutcomes = new Set(outcomes.flatMap((outcome) => outcome.connectors.map(({ place }) => placeKey(place))));
      const defaultConnectors = node.connectors.filter(({ place }) => !ofOutcomes.has(placeKey(place)));
      return { ...node, kind: 'decision', outcomes, defaultConnectors };
    }
    case 'transforms':
      return {
        ...node,
        kind: 'transform',
        objectType: textOf(element, 'objectType'),
        isCollection: isTrue(element, 'isCollection'),
        mappings: [...withDescendants(element)].flatMap((each) => {
          const type = textOf(each, 'transformType');
          return type === undefined
            ? []
            : [{ type, name: textOf(each, 'outputFieldApiName') ?? '', value: valueIn(each) }];
        }),
      };
    case 'collectionProcessors': {
      const limit = Number(textOf(element, 'limit'));
      return {
        ...node,
        kind: 'processor',
        outputs: [],
        type: textOf(element, 'collectionProcessorType') ?? '',
        collection: textOf(element, 'collectionReference') ?? '',
        variable: textOf(element, 'assignNextValueToReference'),
        outputObject: textOf(element, 'outputSObjectType'),
        limit: Number.isInteger(limit) && limit > 0 ? limit : undefined,
        references: referencesIn(element),
      };
    }
    default:
      if (steps.has(element.name)) return { ...node, kind: 'step' };
      return looksLikeElement(element, node) ? { ...node, kind: 'unknown' } : undefined;
  }
}

export function toNode(element: Element): FlowNode {
  return {
    tag: element.name,
    name: textOf(element, 'name') ?? '',
    label: labelOf(element),
    place: element.place,
    connectors: connectorsIn(element),
    calls: callsIn(element),
    outputs: outputsIn(element),
  };
}

export function filtersOf(element: Element): FlowFilters {
  return {
    logic: textOf(element, 'filterLogic') ?? 'and',
    filters: children(element, 'filters').map((filter) => ({
      field: textOf(filter, 'field') ?? '',
      operator: textOf(filter, 'operator') ?? '',
      value: valueIn(filter),
    })),
  };
}

function toWrite(element: Element, node: FlowNode, kind: RecordWrite['kind']): RecordWrite {
  // The older spelling of an upsert says what to do where records already match.
  const updatesMatches = element.children.some(
    ({ name, text }) => name.endsWith('MatchingRecord') && text.toLowerCase().startsWith('update'),
  );
  return {
    ...node,
    kind,
    object: textOf(element, 'object'),
    inputReference: textOf(element, 'inputReference'),
    assignments: namedValues(element, 'inputAssignments', 'field'),
    where: filtersOf(element),
    isUpsert: kind === 'create' && (isTrue(element, 'doesUpsert') || updatesMatches),
  };
}

function toOutcome(rule: Element): Outcome {
  const conditions = children(rule, 'conditions');
  return {
    name: textOf(rule, 'name') ?? '',
    label: labelOf(rule),
    place: rule.place,
    logic: textOf(rule, 'conditionLogic') ?? 'and',
    conditions: conditions.map(toCondition),
    connectors: connectorsIn(rule),
    asksMore:
      isTrue(rule, 'doesRequireRecordChangedToMeetCriteria') ||
      isTrue(rule, 'isGroupedConditions') ||
      conditions.some((each) => child(each, 'conditions') ?? child(each, 'aggregationOperator')),
  };
}

function toCondition(condition: Element): FlowCondition {
  return {
    left: textOf(condition, 'leftValueReference') ?? '',
    operator: textOf(condition, 'operator') ?? '',
    right: valueIn(condition, 'rightValue'),
  };
}

/** Settings have none of these, whatever later releases add. */
function looksLikeElement(element: Element, node: FlowNode): boolean {
  return node.connectors.length > 0 || node.calls.length > 0 || child(element, 'locationX') !== undefined;
}

function placeKey({ line, column }: { line: number; column: number }): string {
  return `${String(line)}:${String(column)}`;
}
