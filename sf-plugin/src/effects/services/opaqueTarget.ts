import type { Certainty, Operation, Place } from '@agent-readiness/protocol';
import type { McpTool } from '../../extract/metadata/mcpServer.ts';
import type { CallContext, Expansion } from '../model.ts';
import { reversibilityOf } from '../reversibility.ts';
import { leastTrusted, opaque, withEffects } from '../standard/sourceless.ts';

interface Target {
  readonly type: string;
  readonly name: string;
}

/** Types that only read: SOQL in the metadata, a search index, a prediction. */
const readOnly: ReadonlySet<string> = new Set(['namedQuery', 'retriever', 'cdpMlPrediction']);

/** Types whose operation is known, although what stands behind them is not in source. */
const leavesTheAgent: ReadonlyMap<string, readonly [Operation, Certainty]> = new Map([
  ['agent', ['invoke-agent', 'proven']],
  ['api', ['callout', 'opaque']],
  ['externalConnector', ['callout', 'opaque']],
]);

/** Why a type cannot be looked into. */
const reasons: ReadonlyMap<string, string> = new Map([
  ['stub', 'is a placeholder: the action is not implemented'],
  ['skill', 'is a skill, which is not analysed'],
  ['undefinedAction', 'is called by the script, but not defined in it'],
  ['standardTopic', 'is a topic that the project does not define, so that its actions are not known'],
  ['mcpTool', 'is a tool of an external MCP server, which describes itself only at run time'],
  ['platformMcpTool', 'is a hosted MCP tool that no server definition in the project describes'],
  ['executeIntegrationProcedure', 'is an OmniStudio integration procedure, which is not analysed'],
  ['runExpressionSet', 'is an expression set of the rules engine, which is not analysed'],
  ['decisionTableAction', 'is a decision table of the rules engine, which is not analysed'],
  ['createCatalogItemRequest', 'requests a catalogue item, whose fulfilment is not in the project'],
]);

/** Expands a target that has no source of its own. `tool` is the MCP tool of this name, where the project defines it. */
export function expandOpaque(
  { type, name }: Target,
  tool: McpTool | undefined,
  context: CallContext,
  site: Place,
): Expansion {
  if (readOnly.has(type)) return withEffects();
  if (tool) return expandTool(tool);
  const known = leavesTheAgent.get(type);
  if (!known) {
    return opaque(
      site,
      `${name || 'the target'} ${reasons.get(type) ?? `is of the type ${type}, which is not analysed`}`,
    );
  }
  const [operation, certainty] = known;
  return withEffects({
    operation,
    object: name || '*',
    fields: [],
    extent: 'one',
    identity: context.identity,
    chosenBy: leastTrusted(context),
    reversibility: reversibilityOf(operation),
    certainty,
    place: site,
    label: operation === 'callout' ? `${type} ${name}` : `hands over to the agent ${name}`,
  });
}

/** What the author of a hosted tool claims about it; claims about the world outside cannot be relied on. */
function expandTool({ name, place, readOnly, destructive, openWorld }: McpTool): Expansion {
  if (readOnly && !destructive && !openWorld) return withEffects();
  const claim = destructive
    ? 'declared destructive'
    : readOnly
      ? 'declared to read outside the org'
      : 'not declared read-only';
  return opaque(place, `MCP tool ${name} is ${claim}`);
}
