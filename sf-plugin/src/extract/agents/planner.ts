import type { Place } from '@agent-readiness/protocol';
import { child, children, textOf, type Element } from '../xml/xml.ts';
import { readAgentFunction, type AgentFunctionFacts } from './agentFunction.ts';
import { locatedText, locatedTexts, type Located } from './located.ts';
import { parseMetadataXml } from '../xml/xml.ts';
import { UnreadableError } from '../unreadable.ts';
import { readTopic, type TopicFacts } from './topic.ts';
import { unknownElements } from './unknownElements.ts';

/** What the agent reasons with: `GenAiPlanner`, `GenAiPlannerBundle` or the `planner` of an agent definition version. */
export interface PlannerFacts {
  readonly place: Place;
  readonly label: string | undefined;
  readonly plannerType: string | undefined;
  readonly topicRefs: readonly TopicRef[];
  /** Global functions that the planner offers outside any topic. */
  readonly functionRefs: readonly Located[];
  /** Which of `topics` are offered, by full name. */
  readonly topicLinks: readonly Located[];
  readonly topics: readonly TopicFacts[];
  /** Which of `actions` are offered, by full name. */
  readonly actionLinks: readonly Located[];
  readonly actions: readonly AgentFunctionFacts[];
  readonly mappings: readonly AttributeMapping[];
  readonly rules: readonly RuleExpression[];
  readonly ruleAssignments: readonly RuleAssignment[];
  readonly outboundRoutes: readonly OutboundRoute[];
  /** The channels by name; most are the platform's own. */
  readonly surfaces: readonly Located[];
  /** The compiled agent where it is kept inside the file and not beside it. */
  readonly agentGraph: Located | undefined;
  readonly unknown: readonly Located[];
}

export interface TopicRef {
  readonly name: Located;
  /** Replaces the topic of that name for this agent. */
  readonly customized: TopicFacts | undefined;
}

/** Binds an input of an action to a variable or a constant, or stores an output in a variable. */
export interface AttributeMapping {
  /** `Topic.Action.attribute`, possibly after a namespace; `Action.attribute` for an action of the planner. */
  readonly attribute: string;
  /** `CustomPluginFunctionAttribute`, `StandardPluginFunctionInput`, `StandardPluginFunctionOutput`. */
  readonly attributeType: string | undefined;
  /** `Variable`, `ContextVariable`, `Constant`, `ActionAttribute`. */
  readonly mappingType: string | undefined;
  readonly target: string | undefined;
  readonly constant: string | undefined;
  readonly place: Place;
}

export interface RuleExpression {
  readonly name: string;
  readonly operands: readonly RuleOperand[];
  readonly place: Place;
}

export interface RuleOperand {
  readonly name: string;
  /** `Variable`, `ContextVariable`, `Attribute`. */
  readonly type: string | undefined;
}

export interface RuleAssignment {
  readonly rule: string;
  /** `Plugin` (topic), `PluginFunction` (`Topic.Action`) or `Function`. */
  readonly targetType: string | undefined;
  readonly target: string;
  readonly place: Place;
}

export interface OutboundRoute {
  readonly name: Located;
  /** `OmniChannelFlow` is the only one known. */
  readonly type: string | undefined;
  readonly surfaceType: string | undefined;
}

const known = new Set([
  'agentGraph',
  'agentGraphRef',
  'agentScript',
  'attributeMappings',
  'botTemplate',
  'capabilities',
  'description',
  'fullName',
  'genAiFunctions',
  'genAiPlugins',
  'localActionLinks',
  'localTopicLinks',
  'localTopics',
  'masterLabel',
  'plannerActions',
  'plannerSurfaces',
  'plannerType',
  'ruleExpressionAssignments',
  'ruleExpressions',
  'voiceDefinition',
]);

/** @throws UnreadableError when the file is not a planner */
export function parsePlanner(file: string, text: string): PlannerFacts {
  const root = parseMetadataXml(file, text);
  if (root.name !== 'GenAiPlannerBundle' && root.name !== 'GenAiPlanner') {
    throw new UnreadableError(root.place, `expected a planner, found <${root.name}>`);
  }
  return readPlanner(root);
}

export function readPlanner(element: Element): PlannerFacts {
  return {
    place: element.place,
    label: textOf(element, 'masterLabel'),
    plannerType: textOf(element, 'plannerType'),
    topicRefs: children(element, 'genAiPlugins').flatMap(readTopicRef),
    functionRefs: locatedTexts(element, 'genAiFunctions', 'genAiFunctionName'),
    topicLinks: locatedTexts(element, 'localTopicLinks', 'genAiPluginName'),
    topics: children(element, 'localTopics').map(readTopic),
    actionLinks: locatedTexts(element, 'localActionLinks', 'genAiFunctionName'),
    actions: children(element, 'plannerActions').map(readAgentFunction),
    mappings: children(element, 'attributeMappings').flatMap(readMapping),
    rules: children(element, 'ruleExpressions').flatMap(readRule),
    ruleAssignments: children(element, 'ruleExpressionAssignments').flatMap(readAssignment),
    outboundRoutes: children(element, 'plannerSurfaces').flatMap(readRoutes),
    surfaces: locatedTexts(element, 'plannerSurfaces', 'surface'),
    agentGraph: locatedText(element, 'agentGraph'),
    unknown: unknownElements(element, known),
  };
}

function readTopicRef(element: Element): TopicRef[] {
  const inline = child(element, 'genAiCustomizedPlugin');
  const customized = inline && readTopic(inline);
  const own = inline && (locatedText(inline, 'localDeveloperName') ?? locatedText(inline, 'name'));
  const name = locatedText(element, 'genAiPluginName') ?? own;
  return name ? [{ name, customized }] : [];
}

function readMapping(element: Element): AttributeMapping[] {
  const attribute = textOf(element, 'attributeName');
  if (attribute === undefined) return [];
  return [
    {
      attribute,
      attributeType: textOf(element, 'attributeType'),
      mappingType: textOf(element, 'mappingType'),
      target: textOf(element, 'mappingTargetName'),
      constant: textOf(element, 'constantValue'),
      place: element.place,
    },
  ];
}

function readRule(element: Element): RuleExpression[] {
  const name = textOf(element, 'expressionName');
  if (name === undefined) return [];
  const operands = children(element, 'conditions').map((condition) => ({
    name: textOf(condition, 'leftOperand') ?? '',
    type: textOf(condition, 'leftOperandType'),
  }));
  return [{ name, operands, place: element.place }];
}

function readAssignment(element: Element): RuleAssignment[] {
  const rule = textOf(element, 'ruleExpressionName');
  const target = textOf(element, 'targetName');
  if (rule === undefined || target === undefined) return [];
  return [{ rule, target, targetType: textOf(element, 'targetType'), place: element.place }];
}

function readRoutes(surface: Element): OutboundRoute[] {
  const surfaceType = textOf(surface, 'surfaceType');
  return children(surface, 'outboundRouteConfigs').flatMap((route) => {
    const name = locatedText(route, 'outboundRouteName');
    return name ? [{ name, type: textOf(route, 'outboundRouteType'), surfaceType }] : [];
  });
}
