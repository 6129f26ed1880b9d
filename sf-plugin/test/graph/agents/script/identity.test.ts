import { describe, expect, it } from '@jest/globals';
import { lower } from './show.ts';

function identity(config: string[], bundle: { name: string; target?: string }): [string, string, string | undefined] {
  const text = ['config:', ...config.map((line) => `  ${line}`), 'start_agent Main:', '  label: "x"'].join('\n');
  const { name, version, runsAs } = lower(text, bundle).agent;
  return [name, version, runsAs];
}

describe('the identity of a scripted agent', () => {
  it('has the developer name, else the agent name, else the name of the bundle', () => {
    expect(identity(['agent_name: "B"', 'developer_name: "A"'], { name: 'C' })[0]).toBe('A');
    expect(identity(['agent_name: |', '  B'], { name: 'C' })[0]).toBe('B');
    expect(identity(['developer_name: ""'], { name: 'C' })[0]).toBe('C');
  });

  it('has the version of the committed bundle, else that of its folder, else none', () => {
    expect(identity(['developer_name: "A"'], { name: 'A_4', target: 'A.v4' })[1]).toBe('v4');
    expect(identity(['developer_name: "A"'], { name: 'A_4' })[1]).toBe('4');
    expect(identity(['developer_name: "A_4"'], { name: 'A_4' })[1]).toBe('');
    expect(identity(['developer_name: "A"'], { name: 'Other_4' })[1]).toBe('');
  });

  it('runs as the user of the access block, else that of the config block, unless it is an employee agent', () => {
    const user = 'default_agent_user: "u@example.com"';
    expect(identity([user], { name: 'A' })[2]).toBe('u@example.com');
    expect(identity([user, 'agent_type: "AgentforceEmployeeAgent"'], { name: 'A' })[2]).toBeUndefined();
    expect(identity(['default_agent_user: None'], { name: 'A' })[2]).toBeUndefined();
  });
});
