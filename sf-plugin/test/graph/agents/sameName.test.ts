import { describe, expect, it } from '@jest/globals';
import { load, type ProjectFiles } from './project.ts';

const script = (flow: string, name = 'Desk'): string =>
  [
    'config:',
    `  developer_name: "${name}"`,
    'start_agent Main:',
    '  actions:',
    '    Act:',
    `      target: "flow://${flow}"`,
    '  reasoning:',
    '    actions:',
    '      act: @actions.Act',
  ].join('\n');

const bundle = '<AiAuthoringBundle><bundleType>AGENT</bundleType></AiAuthoringBundle>';

const functionNamed = (target: string): string =>
  `<GenAiFunction><invocationTarget>${target}</invocationTarget><invocationTargetType>flow</invocationTargetType></GenAiFunction>`;

const topicOffering = (name: string): string =>
  `<GenAiPlugin><genAiFunctions><functionName>${name}</functionName></genAiFunctions></GenAiPlugin>`;

const plannerWith = (topic: string): string =>
  `<GenAiPlannerBundle><genAiPlugins><genAiPluginName>${topic}</genAiPluginName></genAiPlugins></GenAiPlannerBundle>`;

/** Each agent with its file and what its actions invoke, then what is not analysed. */
function outline(files: ProjectFiles): string[] {
  const { agents, failed, problems } = load(files);
  return [
    ...agents.map(({ name, place, actions }) => {
      return `${name} @${place.file}: ${actions.map(({ target }) => target.name).join(', ')}`;
    }),
    ...[...failed, ...problems].map(({ place, reason }) => `${place.file}: ${reason}`),
  ];
}

describe('scripts outside an authoring bundle', () => {
  it('are agents of their own, however many there are in a folder', () => {
    expect(
      outline({
        'assets/first.agent': script('One'),
        'assets/second.agent': script('Two'),
        'assets/second_2.agent': script('Three', 'Other'),
        'loose.agent': script('Four'),
      }),
    ).toEqual([
      'Desk @assets/first.agent: One',
      'Desk @assets/second.agent: Two',
      'Desk @loose.agent: Four',
      'Other @assets/second_2.agent: Three',
    ]);
  });

  it('hide neither a bundle nor what was published under their name', () => {
    expect(
      outline({
        'aiAuthoringBundles/Desk/Desk.agent': script('Draft'),
        'aiAuthoringBundles/Desk/Desk.bundle-meta.xml': bundle,
        'aiAuthoringBundles/Desk/Old.agent': script('Old'),
        'genAiPlannerBundles/Till_v1/Till_v1.genAiPlannerBundle': plannerWith('T'),
        'genAiPlugins/T.genAiPlugin-meta.xml': topicOffering('F'),
        'genAiFunctions/F/F.genAiFunction-meta.xml': functionNamed('Live'),
        'notes/till.agent': script('Sketch', 'Till'),
      }),
    ).toEqual([
      'Desk @aiAuthoringBundles/Desk/Desk.agent: Draft',
      'Desk @aiAuthoringBundles/Desk/Old.agent: Old',
      'Till @notes/till.agent: Sketch',
      'Till @genAiPlannerBundles/Till_v1/Till_v1.genAiPlannerBundle: Live',
    ]);
  });

  it('are none when a bundle holds no other script', () => {
    const files = {
      'aiAuthoringBundles/Desk_2/Desk.agent': script('V2'),
      'aiAuthoringBundles/Desk/Desk.agent': script('Draft'),
    };
    expect(outline({ ...files, 'aiAuthoringBundles/Desk_2/Desk_2.bundle-meta.xml': bundle })).toEqual([
      'Desk @aiAuthoringBundles/Desk/Desk.agent: Draft',
    ]);
  });
});

describe('two package directories', () => {
  const inBoth = (path: string, first: string, second: string): ProjectFiles => ({
    [`a/${path}`]: first,
    [`b/${path}`]: second,
  });

  it('may hold a bundle each: both are listed', () => {
    expect(outline(inBoth('aiAuthoringBundles/Desk/Desk.agent', script('One'), script('Two')))).toEqual([
      'Desk @a/aiAuthoringBundles/Desk/Desk.agent: One',
      'Desk @b/aiAuthoringBundles/Desk/Desk.agent: Two',
    ]);
    const planners = inBoth('Desk_v1/Desk_v1.genAiPlannerBundle', plannerWith('T'), plannerWith('U'));
    expect(outline(planners)).toEqual([
      'Desk @a/Desk_v1/Desk_v1.genAiPlannerBundle: T',
      'Desk @b/Desk_v1/Desk_v1.genAiPlannerBundle: U',
    ]);
  });

  it('may define a topic or an action twice: the second one is named', () => {
    const twice = (path: string): string => {
      const [name] = path.slice(path.lastIndexOf('/') + 1).split('.');
      return `b/${path}: ${name ?? ''} is defined a second time; the definition in a/${path} is analysed, this one is not`;
    };
    const topic = 'genAiPlugins/T.genAiPlugin-meta.xml';
    const action = 'genAiFunctions/F/F.genAiFunction-meta.xml';
    expect(
      outline({
        'Desk_v1/Desk_v1.genAiPlannerBundle': plannerWith('T'),
        ...inBoth(topic, topicOffering('F'), topicOffering('G')),
        ...inBoth(action, functionNamed('One'), functionNamed('Two')),
      }),
    ).toEqual(['Desk @Desk_v1/Desk_v1.genAiPlannerBundle: One', twice(action), twice(topic)]);
  });
});
