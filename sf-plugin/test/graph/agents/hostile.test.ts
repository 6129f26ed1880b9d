import { describe, expect, it } from '@jest/globals';
import { cpuTimeMs } from '@agent-readiness/testkit';
import { load, readProject, type ProjectFiles } from './project.ts';

const projects = ['planner', 'bundleGlobal', 'bundleLocal', 'bundleCompiled', 'definition', 'classicBot', 'scripted'];
const readFiles = projects.flatMap((project) =>
  load(readProject(project), true).filesParsed.map((path) => ({ project, path })),
);

const graphFile = 'genAiPlannerBundles/Tour_Agent_v3/agentGraph/Tour_Agent_v3_graph.json';

function failures(files: ProjectFiles): string[] {
  return load(files, true).failed.map(({ place }) => place.file);
}

/** The compiled fixture with another graph. */
function withGraph(graph: string): ProjectFiles {
  return { ...readProject('bundleCompiled'), [graphFile]: graph };
}

describe('hostile metadata', () => {
  it.each(readFiles.filter(({ path }) => !path.endsWith('.agent')))(
    'reports $path of $project wherever it is cut',
    ({ project, path }) => {
      const files = readProject(project);
      const text = (files[path] ?? '').trimEnd();
      for (let end = 0; end < text.length; end += 10) {
        expect(failures({ ...files, [path]: text.slice(0, end) })).toContain(path);
      }
    },
  );

  it.each(readFiles.filter(({ path }) => path.endsWith('.agent')))('survives $path wherever it is cut', ({ path }) => {
    const files = readProject('scripted');
    for (let end = 0; end < (files[path] ?? '').length; end += 10) {
      expect(failures({ ...files, [path]: (files[path] ?? '').slice(0, end) })).toEqual([]);
    }
  });

  it.each([
    ['not base64', '§§§'],
    ['base64 of no text', Buffer.from([0xff, 0xfe, 0x00]).toString('base64')],
    ['base64 of no JSON', Buffer.from('Tour_Agent').toString('base64')],
    [
      'base64 that is cut',
      Buffer.from(readProject('bundleCompiled')[graphFile] ?? '')
        .toString('base64')
        .slice(0, -10),
    ],
    ['another JSON', '{"nodes": []}'],
    ['nothing', ''],
  ])('reports a graph that is %s and falls back on the elements', (_, graph) => {
    const { agents, failed } = load(withGraph(graph));
    expect(failed.map(({ place }) => place.file)).toEqual([graphFile]);
    expect(agents[0]?.actions.map(({ name }) => name)).toEqual(['cancel_tour', 'print_ticket']);
  });

  it('reports nesting that nobody writes, and does not run out of stack', () => {
    const deep = `{"agentVersion":${'['.repeat(200_000)}`;
    expect(failures(withGraph(deep))).toEqual([graphFile]);
    expect(failures(withGraph(Buffer.from(deep).toString('base64')))).toEqual([graphFile]);
    const planner = 'genAiPlanners/Rental_Desk_Planner.genAiPlanner-meta.xml';
    const xml = `<GenAiPlanner>${'<a>'.repeat(100_000)}`;
    expect(failures({ ...readProject('planner'), [planner]: xml })).toEqual([planner]);
  });

  it('reads a graph of wrong types as one without content', () => {
    const graph = {
      globalConfiguration: [1],
      agentVersion: {
        initialNode: 7,
        stateVariables: { a: 1 },
        surfaces: 'all',
        nodes: [null, 'x', 3, {}, { developerName: 5, tools: [null, 4, { target: {} }], actionDefinitions: [null] }],
      },
    };
    const { agents, failed } = load(withGraph(JSON.stringify(graph)));
    expect(failed).toEqual([]);
    expect(agents[0]?.actions.map(({ topic, name }) => `${topic}/${name}`)).toEqual([
      'unnamed/unnamed',
      'booking/cancel_tour',
      'booking/print_ticket',
    ]);
  });

  it('does not follow a path out of the bundle', () => {
    const files = readProject('bundleLocal');
    const bundle = 'genAiPlannerBundles/Repair_Agent_v10/Repair_Agent_v10.genAiPlannerBundle-meta.xml';
    const text = (files[bundle] ?? '').replaceAll('Scrap_Bike_179Ws000000AbCf', '../../../../etc/Scrap');
    const { agents, failed } = load({ ...files, [bundle]: text });
    expect(failed).toEqual([]);
    expect(agents[0]?.actions.some(({ target }) => target.name === 'BikeScrapper')).toBe(true);
  });

  it('reads a bundle with thousands of actions and mappings in no time', () => {
    const names = Array.from({ length: 3000 }, (_, index) => `Action_${index}`);
    const mapping = (name: string): string =>
      `<attributeMappings><attributeName>T.${name}.input_x</attributeName><mappingTargetName>v</mappingTargetName><mappingType>Variable</mappingType></attributeMappings>`;
    const action = (name: string): string =>
      `<localActions><fullName>${name}</fullName><invocationTarget>F</invocationTarget><invocationTargetType>flow</invocationTargetType></localActions>`;
    const link = (name: string): string => `<localActionLinks><functionName>${name}</functionName></localActionLinks>`;
    const topic = `<localTopics><fullName>T</fullName>${names.map(action).join('')}${names.map(link).join('')}</localTopics>`;
    const text = `<GenAiPlannerBundle>${names.map(mapping).join('')}<localTopicLinks><genAiPluginName>T</genAiPluginName></localTopicLinks>${topic}</GenAiPlannerBundle>`;
    const startedMs = cpuTimeMs();
    const { agents } = load({ 'p/Big/Big.genAiPlannerBundle': text });
    expect(cpuTimeMs() - startedMs).toBeLessThan(5000);
    expect(agents[0]?.actions.filter(({ bindings }) => bindings[0]?.inputs[0]?.chosenBy === 'derived').length).toBe(
      3000,
    );
  });
});
