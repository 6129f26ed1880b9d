import {
  child,
  children,
  isTrue,
  parseMetadataXml,
  textOf,
  type Element,
} from '../../sf-plugin/src/extract/xml/xml.ts';
import { filesBelow, read } from './projectFiles.ts';
import { byTopicAndName, type SampleAction } from './sampleAgent.ts';

/** The actions of a planner bundle as its XML and the schemas beside it give them. */
export function actionsOfBundle(folder: string): readonly SampleAction[] {
  const main = filesBelow(folder).find((file) => file.endsWith('.genAiPlannerBundle'));
  if (main === undefined) throw new Error(`no planner bundle in ${folder}`);
  const bundle = parseMetadataXml(main, read(main));
  const linkedTopics = texts(bundle, 'localTopicLinks', 'genAiPluginName');
  return children(bundle, 'localTopics')
    .filter((topic) => linkedTopics.includes(textOf(topic, 'fullName') ?? ''))
    .flatMap((topic) => {
      const linkedActions = texts(topic, 'localActionLinks', 'functionName');
      return children(topic, 'localActions')
        .filter((action) => linkedActions.includes(textOf(action, 'fullName') ?? ''))
        .map((action) => toAction(folder, bundle, topic, action));
    })
    .sort(byTopicAndName);
}

function toAction(folder: string, bundle: Element, topic: Element, action: Element): SampleAction {
  const fullName = `${textOf(topic, 'fullName') ?? ''}.${textOf(action, 'fullName') ?? ''}`;
  const schemas = `${folder}/localActions/${fullName.replace('.', '/')}`;
  const rule = children(bundle, 'ruleExpressionAssignments').find((each) => textOf(each, 'targetName') === fullName);
  return {
    topic: textOf(topic, 'localDeveloperName') ?? '',
    name: textOf(action, 'localDeveloperName') ?? '',
    target: `${textOf(action, 'invocationTargetType') ?? ''}://${textOf(action, 'invocationTarget') ?? ''}`,
    isConfirmationRequired: isTrue(action, 'isConfirmationRequired'),
    inputs: properties(`${schemas}/input/schema.json`),
    outputs: properties(`${schemas}/output/schema.json`),
    bound: mapped(bundle, `${fullName}.input_`),
    stored: mapped(bundle, `${fullName}.output_`),
    guard: rule && conditionOf(bundle, textOf(rule, 'ruleExpressionName')),
  };
}

function properties(file: string): readonly string[] {
  if (!filesBelow(file.slice(0, file.indexOf('/localActions/'))).includes(file)) return [];
  const schema = JSON.parse(read(file)) as { properties: Record<string, unknown> };
  return Object.keys(schema.properties);
}

function mapped(bundle: Element, prefix: string): Record<string, string> {
  return Object.fromEntries(
    children(bundle, 'attributeMappings')
      .filter((mapping) => textOf(mapping, 'attributeName')?.startsWith(prefix))
      .map((mapping) => [
        textOf(mapping, 'attributeName')?.slice(prefix.length) ?? '',
        textOf(mapping, 'mappingTargetName') ?? '',
      ]),
  );
}

function conditionOf(bundle: Element, rule: string | undefined): string | undefined {
  const expression = children(bundle, 'ruleExpressions').find((each) => textOf(each, 'expressionName') === rule);
  const condition = expression && child(expression, 'conditions');
  if (!condition) return undefined;
  const left = textOf(condition, 'leftOperand') ?? '';
  switch (textOf(condition, 'operator')) {
    case 'equal':
      return `${left} == ${textOf(condition, 'rightOperandValue') === 'true' ? 'True' : 'False'}`;
    case 'isNotEmpty':
      return `${left} != ""`;
    default:
      return undefined;
  }
}

function texts(element: Element, list: string, name: string): readonly string[] {
  return children(element, list).map((each) => textOf(each, name) ?? '');
}
