import type { Entry, Expression, Item, Template } from '../../sf-plugin/src/extract/agentScript/ast.ts';
import { parseAgentScript } from '../../sf-plugin/src/extract/agentScript/parseAgentScript.ts';
import { read } from './projectFiles.ts';
import { byTopicAndName, type SampleAction } from './sampleAgent.ts';

/** The actions of an Agent Script, each with the one binding that the sample gives it. */
export function actionsOfScript(file: string): readonly SampleAction[] {
  const { script, problems } = parseAgentScript(file, read(file));
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return entries(script.items)
    .filter(({ key }) => key === 'subagent' || key === 'start_agent')
    .flatMap((subagent) => actionsOf(subagent))
    .sort(byTopicAndName);
}

function actionsOf(subagent: Entry): SampleAction[] {
  const bindings = below(below([subagent], subagent.key), 'reasoning');
  return entries(below(subagent.body, 'actions')).map((definition) => {
    const binding = entries(below(bindings, 'actions')).find(
      ({ value }) => value && value.kind !== 'template' && textOf(value) === `@actions.${definition.key}`,
    );
    if (!binding) throw new Error(`${definition.key} is not bound`);
    return {
      topic: subagent.name ?? '',
      name: definition.key,
      target: textAt(definition.body, 'target') ?? '',
      isConfirmationRequired: textAt(definition.body, 'require_user_confirmation') === 'True',
      inputs: entries(below(definition.body, 'inputs')).map(({ key }) => key),
      outputs: entries(below(definition.body, 'outputs')).map(({ key }) => key),
      ...bindingOf(binding.body),
    };
  });
}

function bindingOf(items: readonly Item[]): Pick<SampleAction, 'bound' | 'stored' | 'guard'> {
  const bound: Record<string, string> = {};
  const stored: Record<string, string> = {};
  let guard: string | undefined;
  for (const item of items) {
    if (item.kind === 'with' && item.value.kind !== 'ellipsis') bound[item.parameter] = variable(item.value);
    if (item.kind === 'set') stored[textOf(item.value).replace('@outputs.', '')] = variable(item.target);
    if (item.kind === 'available-when') guard = textOf(item.condition).replaceAll('@variables.', '');
  }
  return { bound, stored, guard };
}

function entries(items: readonly Item[]): readonly Entry[] {
  return items.filter((item) => item.kind === 'entry');
}

function below(items: readonly Item[], key: string): readonly Item[] {
  return entries(items).find((entry) => entry.key === key)?.body ?? [];
}

function textAt(items: readonly Item[], key: string): string | undefined {
  const value = entries(items).find((entry) => entry.key === key)?.value;
  return value && textOf(value);
}

function variable(expression: Expression): string {
  return textOf(expression).replace('@variables.', '');
}

/** The expression as the script writes it, for the few kinds that the sample uses. */
function textOf(expression: Expression | Template): string {
  switch (expression.kind) {
    case 'string':
      return expression.value;
    case 'boolean':
      return expression.value ? 'True' : 'False';
    case 'namespace':
      return `@${expression.name}`;
    case 'member':
      return `${textOf(expression.object)}.${expression.name}`;
    case 'binary':
      return `${textOf(expression.left)} ${expression.operator} ${quoted(expression.right)}`;
    default:
      throw new Error(`the sample does not use ${expression.kind} here`);
  }
}

function quoted(expression: Expression): string {
  return expression.kind === 'string' ? JSON.stringify(expression.value) : textOf(expression);
}
