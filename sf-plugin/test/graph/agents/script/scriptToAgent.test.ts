import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Hop } from '@agent-readiness/protocol';
import { lower } from './show.ts';

const orderDesk = readFileSync(new URL('fixtures/OrderDesk.agent', import.meta.url), 'utf8');

const showHop = ({ line, column, label }: Hop): string => `${String(line)}:${String(column)} ${label}`;

describe('scriptToAgent', () => {
  const { agent, actions, problems } = lower(orderDesk, { name: 'Order_Desk_3', target: 'Order_Desk.v3' });

  it('reads who the agent is', () => {
    expect({ ...agent, actions: [] }).toEqual({
      actions: [],
      name: 'Order_Desk',
      generation: 'agent-script',
      version: 'v3',
      place: { file: 'x.agent', line: 9, column: 5 },
      runsAs: 'desk@example.com',
      agentType: 'AgentforceServiceAgent',
      escalation: { file: 'x.agent', line: 57, column: 23 },
    });
  });

  it('reads every action, with each way to call it', () => {
    expect(actions).toEqual([
      'Orders.Look_Up flow://Look_Up_Order',
      '  model none order_id:model contact_id:linked region="EMEA" channel:derived',
      'Orders.Cancel apex://CancelOrder declared-only',
      '  model guarded order_id:model hard=true',
      'Orders.Summarise generatePromptResponse://Order_Summary',
      '  deterministic none',
      'Orders.Count_Visit flow://Count_Visit',
      '  deterministic none by:model source="agent"',
      'Orders.Forgotten flow://Forgotten',
      'Orders.returns skill://Returns_v2',
      '  model none',
      'Complaints.File_Complaint standardInvocableAction://createCase',
      '  model guarded',
      'Attic.Wipe apex://Wipe',
      '.Billing agent://Billing_Agent',
      '  model none reason:model customer:linked',
      '.Route_By_Default flow://Route_By_Default entry',
      '  deterministic none',
      '.Route_To_Person flow://Route_To_Person entry',
      '  deterministic none',
      '.choices apex://ChoiceButtons entry',
      '  model none options:model',
    ]);
    expect(problems).toEqual([]);
  });

  it('gives every binding the path from the agent, and every action its place', () => {
    const path = (name: string): string[] | undefined =>
      agent.actions.find((action) => action.name === name)?.bindings[0]?.path.map(showHop);
    expect(path('Summarise')).toEqual([
      '9:5 agent Order_Desk',
      '46:1 start_agent router',
      '53:13 offers go_to_orders',
      '53:48 transition to Orders',
      '60:1 subagent Orders',
      '106:13 offers look_up',
      '112:17 runs Summarise',
    ]);
    expect(path('File_Complaint')?.slice(4)).toEqual([
      '60:1 subagent Orders',
      '104:31 transition to Complaints',
      '121:1 topic Complaints',
      '129:13 offers file',
    ]);
    expect(path('choices')).toEqual([
      '9:5 agent Order_Desk',
      '32:1 connection messaging',
      '37:9 response format choices',
    ]);
    const lookUp = agent.actions.find(({ name }) => name === 'Look_Up');
    expect(lookUp).toMatchObject({
      aliases: ['Look an order up', 'Template__LookUp', 'look_up'],
      place: { line: 65, column: 9 },
      target: { place: { line: 77, column: 13 } },
    });
    expect(lookUp?.bindings[0]?.inputs.map(({ place }) => place.line)).toEqual([107, 108, 109, 110]);
  });
});
