import type { Agent, AgentAction, InputBinding } from '../../../../src/graph/agent.ts';
import { parseAgentScript } from '../../../../src/extract/agentScript/parseAgentScript.ts';
import type { AuthoringBundle } from '../../../../src/graph/agents/script/authoringBundle.ts';
import { scriptToAgent } from '../../../../src/graph/agents/script/scriptToAgent.ts';

export interface Lowered {
  readonly agent: Agent;
  /** Each action, and indented under it the ways in which it is called. */
  readonly actions: string[];
  /** `line:column reason` */
  readonly problems: string[];
}

/** Parses and lowers a script that has no syntax problems. */
export function lower(text: string, bundle: AuthoringBundle = { name: 'Bundle' }): Lowered {
  const { script, problems: syntax } = parseAgentScript('x.agent', text);
  if (syntax.length > 0) throw new Error(JSON.stringify(syntax));
  const { agent, problems } = scriptToAgent(script, bundle);
  return {
    agent,
    actions: agent.actions.flatMap(showAction),
    problems: problems.map(({ place, reason }) => `${String(place.line)}:${String(place.column)} ${reason}`),
  };
}

function showAction({ topic, name, target, role, confirmation, bindings }: AgentAction): string[] {
  const remarks = [role, confirmation].filter((word) => word !== 'action' && word !== 'none');
  const head = [`${topic}.${name} ${target.type}://${target.name}`, ...remarks].join(' ');
  return [
    head,
    ...bindings.map(({ invocation, gate, inputs }) => ['  ' + invocation, gate, ...inputs.map(showInput)].join(' ')),
  ];
}

function showInput({ name, chosenBy, constant }: InputBinding): string {
  return chosenBy === 'constant' ? `${name}=${JSON.stringify(constant)}` : `${name}:${chosenBy}`;
}

/** The script of an agent with one subagent, from the parts that matter to a test. */
export function agentWith(parts: {
  variables?: string[];
  actions?: string[];
  offers?: string[];
  fields?: string[];
}): string {
  const block = (head: string, lines: readonly string[] | undefined, indent: string): string[] =>
    lines === undefined ? [] : [head, ...lines.map((line) => indent + line)];
  return [
    ...block('variables:', parts.variables, '  '),
    'start_agent Main:',
    ...block('  actions:', parts.actions, '    '),
    ...(parts.fields ?? []).map((line) => `  ${line}`),
    ...block('  reasoning:\n    actions:', parts.offers, '      '),
  ].join('\n');
}
