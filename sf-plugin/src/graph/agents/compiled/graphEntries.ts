import type { AgentGraphFacts, GraphDefinition, GraphSurface } from '../../../extract/agents/graph/agentGraph.ts';
import { outboundFlow, outboundRoute, type Entry } from '../entries.ts';
import { targetOf } from './compiledAgent.ts';

/** What the surfaces of a compiled agent start: flows that take over, and targets that draw an answer. */
export function graphEntries({ outboundRouting, surfaces }: AgentGraphFacts): Entry[] {
  return [
    ...(outboundRouting ? [outboundFlow(outboundRouting)] : []),
    ...surfaces.flatMap(({ type, routes, formats }) => [
      ...routes.map((name) => outboundRoute({ name, type: undefined, surfaceType: type })),
      ...formats.flatMap((format) => responseFormat(format, type)),
    ]),
  ];
}

/** Without a target the format is one the platform draws itself. */
function responseFormat(format: GraphDefinition, surface: GraphSurface['type']): Entry[] {
  if (!format.target.name) return [];
  const { type, name, place } = targetOf(format, format.place);
  return [
    {
      name: format.name,
      type,
      target: { value: name, place },
      invocation: 'model',
      inputs: [],
      reason: `response format ${format.name} of ${surface}`,
      takesOver: false,
    },
  ];
}
