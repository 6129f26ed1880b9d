import { describe, expect, it } from '@jest/globals';
import { load } from './project.ts';

const file = 'genAiPlannerBundles/Desk_v1/Desk_v1.genAiPlannerBundle';

const mapping = (attribute: string, type: string, target: string, kind = 'CustomPluginFunctionAttribute'): string =>
  `<attributeMappings><attributeName>${attribute}</attributeName><attributeType>${kind}</attributeType>` +
  `<mappingTargetName>${target}</mappingTargetName><mappingType>${type}</mappingType></attributeMappings>`;

const action = (name: string, type = 'flow'): string =>
  `<localActionLinks><functionName>${name}</functionName></localActionLinks><localActions><fullName>${name}</fullName>` +
  `<invocationTarget>${name}</invocationTarget><invocationTargetType>${type}</invocationTargetType></localActions>`;

const rule = (name: string, ...variables: string[]): string =>
  `<ruleExpressions><expressionName>${name}</expressionName>${variables
    .map(
      (each) =>
        `<conditions><leftOperand>${each}</leftOperand><leftOperandType>Variable</leftOperandType></conditions>`,
    )
    .join('')}</ruleExpressions>`;

const assignment = (name: string): string =>
  `<ruleExpressionAssignments><ruleExpressionName>${name}</ruleExpressionName><targetName>T.Act</targetName>` +
  '<targetType>PluginFunction</targetType></ruleExpressionAssignments>';

/** The gate of `T.Act`. */
function gateOf(...elements: string[]): string | undefined {
  const actions = [action('Act'), action('Check'), action('Find'), action('Judge', 'generatePromptResponse')];
  const topic = `<localTopics><fullName>T</fullName>${actions.join('')}</localTopics>`;
  const link = '<localTopicLinks><genAiPluginName>T</genAiPluginName></localTopicLinks>';
  const schema = (name: string) => `genAiPlannerBundles/Desk_v1/localActions/T/${name}/input/schema.json`;
  const { agents } = load({
    [file]: `<GenAiPlannerBundle>${elements.join('')}${link}${topic}</GenAiPlannerBundle>`,
    [schema('Check')]: '{"properties":{"who":{}}}',
    [schema('Judge')]: '{"properties":{}}',
  });
  return agents[0]?.actions.find(({ name }) => name === 'Act')?.bindings[0]?.gate;
}

const verified = [rule('Verified', 'ok'), assignment('Verified')];
const stores = (name: string): string => mapping(`T.${name}.output_ok`, 'Variable', 'ok');

describe('a rule over the output of an action', () => {
  it('is a guard when the channel supplies all that went in', () => {
    const linked = mapping('T.Check.input_who', 'ContextVariable', 'ContactId');
    expect(gateOf(stores('Check'), linked, ...verified)).toBe('guarded');
  });

  it('is none that holds when the model supplied an input, or may have', () => {
    expect(gateOf(stores('Check'), ...verified)).toBe('self-grantable');
    expect(gateOf(stores('Find'), ...verified)).toBe('self-grantable');
    expect(gateOf(stores('Judge'), ...verified)).toBe('self-grantable');
  });

  it('follows outputs that go into other actions', () => {
    const attribute = mapping('T.Check.input_who', 'ActionAttribute', 'T.Find.output_id');
    const variable = mapping('T.Check.input_who', 'Variable', 'id');
    expect(gateOf(stores('Check'), attribute, ...verified)).toBe('self-grantable');
    expect(gateOf(stores('Check'), variable, ...verified)).toBe('guarded');
    expect(gateOf(stores('Check'), variable, mapping('T.Find.output_id', 'Variable', 'ID'), ...verified)).toBe(
      'self-grantable',
    );
  });

  it('trusts the platform to compare a code, in a topic that it brings', () => {
    const standard = (name: string): string =>
      mapping(`SvcCopilotTmpl__Verification.${name}.isVerified`, 'Variable', 'ok', 'StandardPluginFunctionOutput');
    expect(gateOf(standard('SvcCopilotTmpl__VerifyCustomer'), ...verified)).toBe('guarded');
    expect(gateOf(standard('SvcCopilotTmpl__IdentifyCustomer'), ...verified)).toBe('self-grantable');
    const own = mapping('Elsewhere.SvcCopilotTmpl__VerifyCustomer.output_ok', 'Variable', 'ok');
    expect(gateOf(own, ...verified)).toBe('self-grantable');
  });

  it('is as weak as the weakest of its conditions, and of the rules on one action', () => {
    expect(gateOf(stores('Find'), rule('Both', 'tier', 'ok'), assignment('Both'))).toBe('self-grantable');
    expect(gateOf(stores('Find'), rule('Tier', 'tier'), assignment('Tier'), ...verified)).toBe('self-grantable');
    expect(gateOf(rule('Tier', 'tier'), assignment('Tier'), assignment('Lost'))).toBe('none');
  });
});
