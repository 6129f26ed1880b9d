import { describe, expect, it } from '@jest/globals';
import { agentWith, lower } from './show.ts';

describe('action targets', () => {
  it.each([
    ['flow://Do_It', 'flow://Do_It'],
    ['FLOW://Do_It', 'flow://Do_It'],
    ['apexREST://X', 'apexRest://X'],
    ['prompt://P', 'generatePromptResponse://P'],
    ['generatePromptResponse://P', 'generatePromptResponse://P'],
    ['serviceCatalog://S', 'createCatalogItemRequest://S'],
    ['integrationProcedureAction://I', 'executeIntegrationProcedure://I'],
    ['expressionSet://E', 'runExpressionSet://E'],
    ['externalService://Svc.op', 'externalService://Svc.op'],
    ['mcpTool://server/tool', 'mcpTool://server/tool'],
  ])('canonicalise %s', (target, shown) => {
    const { actions, problems } = lower(agentWith({ actions: ['A:', `  target: "${target}"`] }));
    expect({ actions, problems }).toEqual({ actions: [`Main.A ${shown}`], problems: [] });
  });

  it.each([
    [
      'label: "x"',
      'externalService://A',
      '3:5 action "A" names no target; it is taken for an external service of that name',
    ],
    ['target: "placeholder://x"', 'stub://A', '3:5 action "A" has a placeholder as its target'],
    ['target: "ftp://x"', 'ftp://x', '3:5 the target "ftp://x" of action "A" is not of a known form'],
    ['target: "Do_It"', 'unknown://Do_It', '3:5 the target "Do_It" of action "A" is not of a known form'],
    ['target: "flow://"', 'flow://', '3:5 the target "flow://" of action "A" is not of a known form'],
    [
      'target: | flow://{!@variables.x}',
      'externalService://A',
      '3:5 action "A" names no target; it is taken for an external service of that name',
    ],
  ])('report %s', (target, shown, problem) => {
    const { actions, problems } = lower(agentWith({ actions: ['A:', `  ${target}`] }));
    expect({ actions, problems }).toEqual({ actions: [`Main.A ${shown}`], problems: [problem] });
  });

  it('of connected agents need the scheme of an agent', () => {
    const text = ['start_agent Main:', '  label: "x"', 'connected_subagent B:', '  target: "flow://B"'].join('\n');
    expect(lower(text)).toMatchObject({
      actions: ['.B agent://B'],
      problems: ['3:1 the target of connected agent "B" is not of the form "agent://Name"'],
    });
  });
});
