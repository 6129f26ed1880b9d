import { describe, expect, it } from '@jest/globals';
import { describeAgents } from '../describeAgent.ts';
import { load } from '../project.ts';

const action = (name: string, target: string, others = ''): string =>
  `<localActions><fullName>${name}_179Ws000000AbCd</fullName><localDeveloperName>${name}</localDeveloperName><masterLabel>The ${name}</masterLabel><invocationTarget>${target}</invocationTarget><invocationTargetType>flow</invocationTargetType>${others}</localActions>`;
const topic = (name: string, ...actions: readonly string[]): string =>
  `<localTopics><localDeveloperName>${name}</localDeveloperName>\n${actions.join('\n')}\n</localTopics>`;
const bundle = (...topics: readonly string[]): string =>
  `<GenAiPlannerBundle>\n${topics.join('\n')}\n<plannerType>Atlas__ConcurrentMultiAgentOrchestration</plannerType></GenAiPlannerBundle>`;

const tool = (target: string, others: Record<string, unknown> = {}) => ({
  type: 'action',
  name: `do_${target}`,
  target,
  ...others,
});
const node = (developerName: string, names: readonly string[], tools: readonly unknown[]) => ({
  type: 'subagent',
  developerName,
  actionDefinitions: names.map((name) => ({ developerName: name })),
  tools,
});

/** Base64, as an org returns it. */
function graph(...nodes: readonly { developerName: string }[]): string {
  const json = {
    agentVersion: { initialNode: nodes[0]?.developerName, stateVariables: [{ developerName: 'ok' }], nodes },
  };
  return Buffer.from(JSON.stringify(json)).toString('base64');
}

/** The actions of a bundle with a graph, without places and paths. */
function actions(xml: string, json: string): string[] {
  const text = describeAgents(load({ 'p/A/A.genAiPlannerBundle': xml, 'p/A/agentGraph/A_graph.json': json }));
  return text
    .replace(/ @[^\s:]+:\d+:\d+/g, '')
    .split('\n')
    .slice(1)
    .filter((line) => !line.includes(' > '));
}

describe('a published bundle, whose graph names actions and does not define them', () => {
  it('takes what an action invokes from the elements and how it is called from the graph', () => {
    const xml = bundle(topic('orders', action('cancel', 'Cancel_Order'), action('track', 'Track_Order')));
    const enabled = { enabled: 'state.ok == True', boundInputs: { silent: 'True' }, llmInputs: ['order'] };
    expect(actions(xml, graph(node('orders', ['cancel', 'track'], [tool('cancel', enabled)])))).toEqual([
      '  orders/cancel -> flow:Cancel_Order aka The cancel, cancel_179Ws000000AbCd, do_cancel',
      '    model, guarded',
      '      order: model',
      '      silent: constant=true',
      '  orders/track -> flow:Track_Order aka The track, track_179Ws000000AbCd UNREACHABLE',
    ]);
  });

  it('does not believe in a confirmation that the planner does not ask for', () => {
    const confirmed = '<isConfirmationRequired>true</isConfirmationRequired>';
    const xml = bundle(topic('orders', action('cancel', 'Cancel_Order', confirmed)));
    const run = { ...node('orders', ['cancel'], [tool('cancel')]), beforeReasoning: [{ target: 'cancel' }] };
    expect(actions(xml, graph(run))).toEqual([
      '  orders/cancel -> flow:Cancel_Order declared-only aka The cancel, cancel_179Ws000000AbCd, do_cancel',
      '    deterministic, none',
      '    model, declared-only',
    ]);
  });

  it('finds the one definition that topics share', () => {
    const xml = bundle(topic('orders', action('verify', 'Verify')), topic('returns'));
    const nodes = [node('returns', ['verify'], [tool('verify')])];
    expect(actions(xml, graph(...nodes))).toEqual([
      '  returns/verify -> flow:Verify aka The verify, do_verify, verify_179Ws000000AbCd',
      '    model, none',
      '  orders/verify -> flow:Verify aka The verify, verify_179Ws000000AbCd UNREACHABLE',
    ]);
  });

  it('does not choose between definitions that differ, and says so', () => {
    const xml = bundle(topic('orders', action('close', 'Close_Order')), topic('cases', action('close', 'Close_Case')));
    expect(actions(xml, graph(node('returns', ['close', 'gone'], [tool('close')])))).toEqual([
      '  returns/close -> unknown: aka do_close',
      '    model, none',
      '  returns/gone -> unknown: UNREACHABLE',
      '  orders/close -> flow:Close_Order aka The close, close_179Ws000000AbCd UNREACHABLE',
      '  cases/close -> flow:Close_Case aka The close, close_179Ws000000AbCd UNREACHABLE',
      'problem of A: the action close is not defined in the bundle',
    ]);
  });

  it('places a call in the base64 that holds it', () => {
    const json = graph(node('orders', ['cancel'], [tool('cancel')]));
    const files = {
      'p/A/A.genAiPlannerBundle': bundle(topic('orders', action('cancel', 'Cancel_Order'))),
      'p/A/agentGraph/A_graph.json': json,
    };
    const [called] = load(files).agents[0]?.actions[0]?.bindings ?? [];
    expect(called?.place).toMatchObject({ file: 'p/A/agentGraph/A_graph.json', line: 1 });
    const decoded = Buffer.from(json.slice((called?.place.column ?? 0) - 1), 'base64').toString();
    // The group of four before the brace may begin up to two characters earlier.
    expect(decoded.replace(/^[^{]{0,2}/, '')).toMatch(/^\{"type":"action","name":"do_cancel"/);
  });
});
