import { describe, expect, it } from '@jest/globals';
import { children, parseMetadataXml, textOf, type Element } from '../../sf-plugin/src/extract/xml/xml.ts';
import { actionsOfScript } from './fromScript.ts';
import { filesBelow, namesOf, read, sample } from './projectFiles.ts';

const main = `${sample}/force-app/main/default`;
const actions = actionsOfScript(`${main}/aiAuthoringBundles/Order_Care/Order_Care.agent`);
const flows = namesOf(`${main}/flows`, '.flow-meta.xml');
const permissions = xml(`${main}/permissionsets/Order_Care_Agent.permissionset-meta.xml`);

function xml(file: string): Element {
  return parseMetadataXml(file, read(file));
}

function targets(type: string): readonly string[] {
  const prefix = `${type}://`;
  return actions.filter(({ target }) => target.startsWith(prefix)).map(({ target }) => target.slice(prefix.length));
}

/** All texts of elements with a name, at any depth. */
function textsOf(element: Element, name: string): string[] {
  return element.children.flatMap((each) => (each.name === name ? [each.text] : textsOf(each, name)));
}

describe('what the sample agent refers to', () => {
  it('is in the project, but for one flow of an installed package', () => {
    const missing = [
      ...targets('flow').filter((name) => !flows.includes(name)),
      ...targets('apex').filter((name) => !namesOf(`${main}/classes`, '.cls').includes(name)),
      ...targets('generatePromptResponse').filter(
        (name) => !namesOf(`${main}/genAiPromptTemplates`, '.genAiPromptTemplate-meta.xml').includes(name),
      ),
    ];
    expect(missing).toEqual(['loyalty__Adjust_Points']);
  });

  it.each(actions.filter(({ target }) => target.startsWith('flow://') && !target.includes('loyalty__')))(
    '$name passes to its flow what the flow takes and returns',
    ({ target, inputs, outputs }) => {
      const flow = xml(`${main}/flows/${target.slice('flow://'.length)}.flow-meta.xml`);
      const marked = (flag: string): string[] =>
        children(flow, 'variables')
          .filter((variable) => textOf(variable, flag) === 'true')
          .map((variable) => textOf(variable, 'name') ?? '');
      expect(marked('isInput').sort()).toEqual([...inputs].sort());
      expect(marked('isOutput').sort()).toEqual([...outputs].sort());
    },
  );

  it.each(actions.filter(({ target }) => target.startsWith('apex://')))(
    '$name passes to its class what the class takes and returns',
    ({ target, inputs, outputs }) => {
      const source = read(`${main}/classes/orderCare/${target.slice('apex://'.length)}.cls`);
      const [, request = '', response = ''] =
        /class Request \{(.*?)\n {4}\}(?:\n\n {4}public class Response \{(.*?)\n {4}\})?/s.exec(source) ?? [];
      const names = (body: string): string[] => [...body.matchAll(/public \w+ (\w+);/g)].map(([, name]) => name ?? '');
      expect(names(request)).toEqual(inputs);
      expect(names(response)).toEqual(outputs);
    },
  );

  it('hangs together from the bot to the bundle and from the prompt to its flow', () => {
    expect(textsOf(xml(`${main}/bots/Order_Care/v1.botVersion-meta.xml`), 'genAiPlannerName')).toEqual(
      namesOf(`${main}/genAiPlannerBundles`, '.genAiPlannerBundle'),
    );
    const template = xml(`${main}/genAiPromptTemplates/Order_Summary.genAiPromptTemplate-meta.xml`);
    const providers = textsOf(template, 'definition').filter((definition) => definition.startsWith('flow://'));
    expect(providers).toEqual(['flow://Order_Summary_Grounding']);
    expect(flows).toContain('Order_Summary_Grounding');
    const route = xml(`${main}/genAiPlannerBundles/Order_Care_v1/Order_Care_v1.genAiPlannerBundle`);
    expect(textsOf(route, 'outboundRouteName')).toEqual(['Route_To_Order_Care_Team']);
    expect(flows).toContain('Route_To_Order_Care_Team');
  });
});

describe('the permission set of the agent user', () => {
  it('grants exactly the classes and flows that the actions call', () => {
    expect(textsOf(permissions, 'apexClass')).toEqual([...targets('apex')].sort());
    expect(textsOf(permissions, 'flow')).toEqual(
      targets('flow')
        .filter((name) => flows.includes(name))
        .sort(),
    );
  });
});

describe('the agent test', () => {
  it('covers four actions, each in its topic', () => {
    const test = xml(`${main}/aiEvaluationDefinitions/Order_Care_Test.aiEvaluationDefinition-meta.xml`);
    const expected = children(test, 'testCase').map((testCase) => {
      const value = (name: string): string =>
        children(testCase, 'expectation')
          .filter((expectation) => textOf(expectation, 'name') === name)
          .map((expectation) => textOf(expectation, 'expectedValue') ?? '')
          .join();
      return [value('topic_sequence_match'), value('action_sequence_match')];
    });
    expect(expected).toEqual([
      ['order_status', '["get_order_status"]'],
      ['returns_and_refunds', '["request_refund"]'],
      ['account_details', '["update_shipping_address"]'],
      ['escalation', '["open_case"]'],
    ]);
    const known = actions.map(({ topic, name }) => `${topic} ["${name}"]`);
    expect(expected.map((pair) => pair.join(' ')).filter((pair) => !known.includes(pair))).toEqual([]);
  });
});

const projects = ['force-app', sample, 'examples/ready-agent', 'examples/legacy-planner'];

describe.each(projects)('the flows of %s', (project) => {
  const files = filesBelow(project).filter((file) => file.endsWith('.flow-meta.xml'));

  it.each(files)('%s connects to elements that exist, and reaches each of them', (file) => {
    const flow = xml(file);
    const elements = flow.children.filter((each) => textOf(each, 'locationX') !== undefined && each.name !== 'start');
    const names = elements.map((each) => textOf(each, 'name') ?? '');
    expect([...new Set(textsOf(flow, 'targetReference'))].sort()).toEqual(names.sort());
  });

  it.each(files)('%s uses values that exist', (file) => {
    const flow = xml(file);
    const names = flow.children.map((each) => textOf(each, 'name'));
    const used = ['elementReference', 'leftValueReference', 'assignToReference', 'assignRecordIdToReference']
      .flatMap((name) => textsOf(flow, name))
      .map((reference) => reference.split('.')[0] ?? '');
    expect(used.filter((name) => !name.startsWith('$') && !names.includes(name))).toEqual([]);
  });

  it('use custom fields that the project defines', () => {
    const defined = filesBelow(project)
      .map((file) => /objects\/(\w+)\/fields\/(\w+)\.field-meta\.xml$/.exec(file))
      .flatMap((match) => (match ? [`${match[1] ?? ''}.${match[2] ?? ''}`] : []));
    const used = files.flatMap((file) =>
      xml(file).children.flatMap((element) =>
        textsOf(element, 'field').map((field) => `${textOf(element, 'object') ?? ''}.${field}`),
      ),
    );
    expect(used.filter((field) => field.endsWith('__c') && !defined.includes(field))).toEqual([]);
  });
});

describe('the fields that the permission set names', () => {
  it('are defined in the project where they are custom', () => {
    const custom = textsOf(permissions, 'field').filter((field) => field.endsWith('__c'));
    const missing = custom.filter((field) => {
      const [object = '', name = ''] = field.split('.');
      return !filesBelow(`${main}/objects/${object}`).some((file) => file.endsWith(`/${name}.field-meta.xml`));
    });
    expect(missing).toEqual([]);
  });
});
