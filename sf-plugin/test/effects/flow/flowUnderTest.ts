import type { AbstractValue, CallContext, Expansion } from '../../../src/effects/model.ts';
import { expandFlow } from '../../../src/effects/flow/expandFlow.ts';
import type { FlowLookups } from '../../../src/effects/flow/flowLookups.ts';
import type { FlowFacts } from '../../../src/extract/flow/flowFacts.ts';
import { parseFlow } from '../../../src/extract/flow/parseFlow.ts';

/** A flow file around its elements; `settings` stands at the top level, as every element does. */
export function flow(...parts: readonly string[]): FlowFacts {
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<Flow xmlns="http://soap.sforce.com/2006/04/metadata">${parts.join('\n')}<status>Active</status></Flow>`;
  return parseFlow('flows/Under_Test.flow-meta.xml', text);
}

export const start = (target: string, rest = ''): string => `<start>${rest}${connector(target)}</start>`;

export const connector = (target: string, tag = 'connector'): string =>
  `<${tag}><targetReference>${target}</targetReference></${tag}>`;

export const ref = (path: string): string => `<elementReference>${path}</elementReference>`;
export const text = (value: string): string => `<stringValue>${value}</stringValue>`;

export const filter = (field: string, value: string, operator = 'EqualTo'): string =>
  `<filters><field>${field}</field><operator>${operator}</operator><value>${value}</value></filters>`;

export const set = (field: string, value: string): string =>
  `<inputAssignments><field>${field}</field><value>${value}</value></inputAssignments>`;

export const item = (target: string, value: string, operator = 'Assign'): string =>
  `<assignmentItems><assignToReference>${target}</assignToReference><operator>${operator}</operator>` +
  `<value>${value}</value></assignmentItems>`;

export const element = (tag: string, name: string, ...rest: readonly string[]): string =>
  `<${tag}><name>${name}</name><label>${name.replaceAll('_', ' ')}</label>${rest.join('')}</${tag}>`;

export function variable(
  name: string,
  {
    type = 'String',
    object = '',
    value = '',
    flags = '',
  }: Partial<Record<'type' | 'object' | 'value' | 'flags', string>>,
): string {
  const is = (flag: string): string => `<is${flag}>${String(flags.includes(flag.toLowerCase()))}</is${flag}>`;
  return (
    `<variables><name>${name}</name><dataType>${object ? 'SObject' : type}</dataType>` +
    is('Collection') +
    is('Input') +
    is('Output') +
    (object && `<objectType>${object}</objectType>`) +
    (value && `<value>${value}</value>`) +
    '</variables>'
  );
}

export const noLookups: FlowLookups = { flow: () => undefined, referencesTo: () => [] };

/** As an agent calls a flow: in its user's name, the model filling whatever is not bound. */
export function agentContext(inputs: Record<string, AbstractValue> = {}): CallContext {
  return { identity: 'user', isEntry: true, inputs, otherInputs: 'model' };
}

/** Every effect, call and pruned branch, one line each and in full but for the place. */
function linesOf({ effects, calls, pruned }: Expansion): string[] {
  return [
    ...effects.map((each) =>
      [
        each.operation,
        `${each.object}[${each.fields.join(',')}]`,
        each.extent === 'bounded' ? `bounded ${String(each.extentLimit)}` : each.extent,
        each.identity,
        each.chosenBy,
        each.reversibility,
        each.certainty,
        each.label,
      ].join(' | '),
    ),
    ...calls.map(({ callee, context, certainty, label }) =>
      [
        `-> ${callee.kind}${'entry' in callee ? `/${callee.entry}` : ''} ${callee.kind === 'opaque' ? `${callee.type}:` : ''}${callee.name}`,
        context.identity,
        JSON.stringify(context.inputs),
        context.otherInputs,
        ...(context.repeats === undefined ? [] : [`times ${String(context.repeats)}`]),
        ...(certainty === 'proven' ? [] : [certainty]),
        label,
      ].join(' | '),
    ),
    ...pruned.map(({ reason }) => `pruned: ${reason}`),
  ];
}

export function effectsOf(facts: FlowFacts, context = agentContext(), lookups = noLookups): string[] {
  return linesOf(expandFlow(facts, context, lookups));
}
