import { describe, expect, it } from '@jest/globals';
import type { AgentFunctionFacts, FunctionAttribute } from '../../../src/extract/agents/agentFunction.ts';
import type { AttributeMapping } from '../../../src/extract/agents/planner.ts';
import { bindInputs, Mappings, toParameter } from '../../../src/graph/agents/mappings.ts';
import { readPlannerTrust } from '../../../src/graph/agents/plannerTrust.ts';

const place = { file: 'p', line: 1, column: 1 };
const names = {
  fullName: 'Cancel',
  developerName: undefined,
  localDeveloperName: undefined,
  label: undefined,
  source: undefined,
};
const custom = 'CustomPluginFunctionAttribute';

function mapping(attribute: string, others: Partial<AttributeMapping>): AttributeMapping {
  const none = { attributeType: custom, mappingType: undefined, target: undefined, constant: undefined };
  return { ...none, ...others, attribute, place };
}

function functionWith(attributes: readonly FunctionAttribute[]): AgentFunctionFacts {
  return { place, names, target: undefined, targetType: undefined, isConfirmationRequired: false, attributes };
}

/** The inputs of `Orders.Cancel` and who chooses them. */
function bind(
  mappings: readonly AttributeMapping[],
  outputs: readonly AttributeMapping[] = [],
): Record<string, unknown> {
  const action = functionWith([{ name: 'input_order', parameterName: 'order', direction: 'input' }]);
  const own = new Mappings(mappings).of(action, new Set(['orders']), new Set(['cancel']));
  const schema = [
    { name: 'silent', type: 'lightning__booleanType', place },
    { name: 'count', type: 'lightning__integerType', place },
    { name: 'text', type: 'lightning__textType', place },
  ];
  const unseen = outputs.map((output) => toParameter(output, undefined));
  const inputs = bindInputs(own, schema, readPlannerTrust({ rules: [] }, ['ContactId'], [], unseen));
  return Object.fromEntries(inputs.map(({ name, chosenBy, constant }) => [name, constant ?? chosenBy]));
}

const unbound = { silent: 'model', count: 'model', text: 'model' };

describe('bindInputs', () => {
  it('leaves to the model what nothing maps', () => {
    expect(bind([])).toEqual(unbound);
  });

  it('tells apart who fills a variable', () => {
    const output = mapping('Orders.Find.output_id', { mappingType: 'Variable', target: 'Found' });
    const linked = { mappingType: 'ContextVariable', target: 'ContactId' };
    expect(bind([mapping('Orders.Cancel.input_order', linked)])).toEqual({ ...unbound, order: 'linked' });
    const byName = { mappingType: 'Variable', target: 'contactid' };
    expect(bind([mapping('Orders.Cancel.input_order', byName)])).toEqual({ ...unbound, order: 'linked' });
    const plain = { mappingType: 'Variable', target: 'Tier' };
    expect(bind([mapping('Orders.Cancel.input_order', plain)])).toEqual({ ...unbound, order: 'derived' });
    const written = { mappingType: 'Variable', target: 'found' };
    expect(bind([mapping('Orders.Cancel.input_order', written)], [output])).toEqual({ ...unbound, order: 'model' });
    const action = { mappingType: 'ActionAttribute', target: 'Orders.Find.output_id' };
    expect(bind([mapping('Orders.Cancel.input_order', action)])).toEqual({ ...unbound, order: 'model' });
    const unknown = { mappingType: 'Telepathy', target: 'Thought' };
    expect(bind([mapping('Orders.Cancel.input_order', unknown)])).toEqual({ ...unbound, order: 'model' });
  });

  it('reads a constant as the schema types it', () => {
    const constant = (attribute: string, value: string) =>
      mapping(attribute, { mappingType: 'Constant', constant: value });
    expect(
      bind([
        constant('Orders.Cancel.input_silent', 'TRUE'),
        constant('Orders.Cancel.input_count', '3'),
        constant('Orders.Cancel.input_text', '3'),
        constant('Orders.Cancel.input_order', 'true'),
      ]),
    ).toEqual({ silent: true, count: 3, text: '3', order: 'true' });
    expect(bind([constant('Orders.Cancel.input_count', 'many')])).toEqual({ ...unbound, count: 'many' });
  });

  it('takes an attribute that is not known to be an input for an output', () => {
    const text = { mappingType: 'Constant', constant: 'x' };
    expect(bind([mapping('Orders.Cancel.text', text)])).toEqual(unbound);
    expect(bind([mapping('Orders.Cancel.output_text', text)])).toEqual(unbound);
  });

  it('believes neither of two mappings of one input', () => {
    const two = (first: Partial<AttributeMapping>, second: Partial<AttributeMapping>) =>
      bind([mapping('Orders.Cancel.input_order', first), mapping('Orders.Cancel.input_order', second)]);
    const constant = { mappingType: 'Constant', constant: '1' };
    expect(two(constant, { mappingType: 'Constant', constant: '2' })).toEqual({ ...unbound, order: 'derived' });
    const linked = { mappingType: 'ContextVariable', target: 'ContactId' };
    expect(two(constant, linked)).toEqual({ ...unbound, order: 'linked' });
    expect(two(linked, { mappingType: 'ActionAttribute', target: 'X.Y.z' })).toEqual({ ...unbound, order: 'model' });
  });

  it('binds no other action', () => {
    const constant = { mappingType: 'Constant', constant: 'x' };
    expect(
      bind([mapping('Returns.Cancel.input_text', constant), mapping('Orders.Close.input_text', constant)]),
    ).toEqual(unbound);
  });
});
