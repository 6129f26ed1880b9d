import { describe, expect, it } from '@jest/globals';
import { describeAgents } from './describeAgent.ts';
import { load, type ProjectFiles } from './project.ts';

const bundle = (body: string): string =>
  `<GenAiPlannerBundle>\n${body}\n<masterLabel>A</masterLabel></GenAiPlannerBundle>`;
const bot = '<Bot>\n<agentType>EinsteinServiceAgent</agentType></Bot>';
const version = (planner: string): string =>
  `<BotVersion>\n<conversationDefinitionPlanners><genAiPlannerName>${planner}</genAiPlannerName></conversationDefinitionPlanners></BotVersion>`;
const functionRef = (name: string): string =>
  `<genAiFunctions><genAiFunctionName>${name}</genAiFunctionName></genAiFunctions>`;

/** Agent, version and the actions of each agent, without places. */
function outline(files: ProjectFiles, allVersions = false): string[] {
  return load(files, allVersions).agents.map(
    ({ name, version: label, actions }) => `${name} ${label}: ${actions.map((action) => action.name).join(', ')}`,
  );
}

describe('the parts of an agent', () => {
  it('takes a planner without a bot for an agent, at its highest version', () => {
    const files = {
      'a/genAiPlannerBundles/Lone_v2/Lone_v2.genAiPlannerBundle': bundle(functionRef('Second')),
      'a/genAiPlannerBundles/Lone_v10/Lone_v10.genAiPlannerBundle': bundle(functionRef('Tenth')),
    };
    expect(outline(files)).toEqual(['Lone v10: Tenth']);
    expect(outline(files, true)).toEqual(['Lone v10: Tenth', 'Lone v2: Second']);
  });

  it('counts a planner of the bot that no bot version mentions as a version', () => {
    const files = {
      'bots/A/A.bot-meta.xml': bot,
      'bots/A/v1.botVersion-meta.xml': version('A'),
      'p/A/A.genAiPlannerBundle': bundle(functionRef('First')),
      'p/A_v4/A_v4.genAiPlannerBundle': bundle(functionRef('Fourth')),
    };
    expect(outline(files)).toEqual(['A v4: Fourth']);
    expect(outline(files, true)).toEqual(['A v4: Fourth', 'A v1: First']);
  });

  it('finds the planner by name where the bot version names none', () => {
    const files = {
      'bots/A/A.bot-meta.xml': bot,
      'bots/A/v2.botVersion-meta.xml': '<BotVersion></BotVersion>',
      'p/A_v2/A_v2.genAiPlannerBundle': bundle(functionRef('Second')),
    };
    expect(outline(files, true)).toEqual(['A v2: Second']);
  });

  it('joins all planners that a version names', () => {
    const files = {
      'bots/A/A.bot-meta.xml': bot,
      'bots/A/v1.botVersion-meta.xml': `<BotVersion><conversationDefinitionPlanners><genAiPlannerName>P</genAiPlannerName></conversationDefinitionPlanners><conversationDefinitionPlanners><genAiPlannerName>Q</genAiPlannerName></conversationDefinitionPlanners></BotVersion>`,
      'p/P/P.genAiPlannerBundle': bundle(functionRef('From_P')),
      'p/Q.genAiPlanner': bundle(functionRef('From_Q')).replaceAll('GenAiPlannerBundle', 'GenAiPlanner'),
    };
    expect(outline(files)).toEqual(['A v1: From_P, From_Q']);
  });

  it('says that an agent has no planner, that a planner is missing, and that a bot is there twice', () => {
    const files = {
      'a/bots/A/A.bot-meta.xml': bot,
      'a/bots/B/B.bot-meta.xml': bot,
      'a/bots/B/v1.botVersion-meta.xml': version('Gone'),
      'b/bots/B/B.bot-meta.xml': bot,
    };
    expect(describeAgents(load(files)).split('\n')).toEqual([
      'A bot EinsteinServiceAgent @A.bot-meta.xml:1:1',
      'B v1 bot EinsteinServiceAgent @B.bot-meta.xml:1:1',
      'problem of A @A.bot-meta.xml:1:1: no planner of the agent is in the project',
      'problem of B @B.bot-meta.xml:1:1: B is defined a second time; the definition in a/bots/B/B.bot-meta.xml is analysed, this one is not',
      'problem of B @v1.botVersion-meta.xml:2:33: the planner Gone is not in the project',
    ]);
  });

  it('keeps an agent whose files cannot be read, and says so', () => {
    const files = {
      'bots/A/A.bot-meta.xml': '<Boat/>',
      'bots/A/v1.botVersion-meta.xml': version('A'),
      'p/A/A.genAiPlannerBundle': bundle(
        `${functionRef('Broken')}<genAiPlugins><genAiPluginName>Cut</genAiPluginName></genAiPlugins>`,
      ),
      'f/Broken/Broken.genAiFunction-meta.xml': '<GenAiPlugin/>',
      't/Cut.genAiPlugin-meta.xml': '<GenAiPlanner/>',
    };
    expect(describeAgents(load(files)).split('\n')).toEqual([
      'A v1 planner-bundle-global @A.bot-meta.xml:1:1',
      '  Cut/Cut @A.genAiPlannerBundle:2:93 -> unreadable:Cut @A.genAiPlannerBundle:2:93',
      '    model, none @A.genAiPlannerBundle:2:93',
      '      agent A @A.bot-meta.xml:1:1 > topic Cut @A.genAiPlannerBundle:2:93',
      '  Broken @A.genAiPlannerBundle:2:17 -> unreadable:Broken @A.genAiPlannerBundle:2:17',
      '    model, none @A.genAiPlannerBundle:2:17',
      '      agent A @A.bot-meta.xml:1:1 > offers Broken @A.genAiPlannerBundle:2:17',
      'failed @A.bot-meta.xml:1:1: expected <Bot>, found <Boat>',
      'failed @Broken.genAiFunction-meta.xml:1:1: expected <GenAiFunction>, found <GenAiPlugin>',
      'failed @Cut.genAiPlugin-meta.xml:1:1: expected <GenAiPlugin>, found <GenAiPlanner>',
    ]);
  });

  it('prefers the topic of the bundle to the reference and to the file of the same name', () => {
    const files = {
      'p/A/A.genAiPlannerBundle': bundle(`<genAiPlugins><genAiPluginName>Orders</genAiPluginName></genAiPlugins>
        <localTopics><fullName>Orders_16jWs000000AbCd</fullName><localDeveloperName>Orders</localDeveloperName>
        <localActionLinks><functionName>Cancel</functionName></localActionLinks>
        <localActions><fullName>Cancel</fullName><invocationTarget>Local</invocationTarget>
        <invocationTargetType>flow</invocationTargetType></localActions></localTopics>`),
      'genAiPlugins/Orders.genAiPlugin-meta.xml':
        '<GenAiPlugin><genAiFunctions><functionName>Cancel</functionName></genAiFunctions></GenAiPlugin>',
      'f/Cancel.genAiFunction-meta.xml':
        '<GenAiFunction><invocationTarget>Global</invocationTarget><invocationTargetType>flow</invocationTargetType></GenAiFunction>',
    };
    const [agent] = load(files).agents;
    expect(
      agent?.actions.map(({ topic, name, target, bindings }) => [topic, name, target.name, bindings.length]),
    ).toEqual([['Orders', 'Cancel', 'Local', 1]]);
  });

  it('reads what a compiled bundle cannot tell from its elements, and says that the guards are missing', () => {
    const files = {
      'p/A/A.genAiPlannerBundle': bundle(
        '<plannerType>Atlas__ConcurrentMultiAgentOrchestration</plannerType>' + functionRef('Answer'),
      ),
    };
    expect(describeAgents(load(files)).split('\n')).toEqual([
      'A planner-bundle-compiled @A.genAiPlannerBundle:1:1',
      '  Answer @A.genAiPlannerBundle:2:84 -> standardInvocableAction:Answer @A.genAiPlannerBundle:2:84',
      '    model, none @A.genAiPlannerBundle:2:84',
      '      agent A @A.genAiPlannerBundle:1:1 > offers Answer @A.genAiPlannerBundle:2:84',
      'problem of A @A.genAiPlannerBundle:1:1: without the graph of the compiled agent, the conditions of its actions are not known',
    ]);
  });

  it('starts what the response formats of a surface of the project run, unless they are switched off', () => {
    const format = (name: string, enabled: boolean): string =>
      `<responseFormats><enabled>${enabled}</enabled><responseFormat>${name}</responseFormat></responseFormats>`;
    const files = {
      'p/A/A.genAiPlannerBundle': bundle('<plannerSurfaces><surface>Kiosk</surface></plannerSurfaces>'),
      's/Kiosk.aiSurface-meta.xml': `<AiSurface>${format('Map', true)}${format('Plain', true)}${format('Off', false)}</AiSurface>`,
      'r/Map.aiResponseFormat-meta.xml':
        '<AiResponseFormat>\n<invocationTarget>MapDrawer</invocationTarget><invocationTargetType>apex</invocationTargetType></AiResponseFormat>',
      'r/Plain.aiResponseFormat-meta.xml': '<AiResponseFormat><input>{}</input></AiResponseFormat>',
      'r/Off.aiResponseFormat-meta.xml':
        '<AiResponseFormat><invocationTarget>Never</invocationTarget></AiResponseFormat>',
    };
    expect(describeAgents(load(files)).split('\n')).toEqual([
      'A planner-bundle-global @A.genAiPlannerBundle:1:1',
      '  entry Map @Map.aiResponseFormat-meta.xml:2:1 -> apex:MapDrawer @Map.aiResponseFormat-meta.xml:2:1',
      '    model, none @Map.aiResponseFormat-meta.xml:2:1',
      '      agent A @A.genAiPlannerBundle:1:1 > response format Map @Map.aiResponseFormat-meta.xml:2:1',
    ]);
  });
});
