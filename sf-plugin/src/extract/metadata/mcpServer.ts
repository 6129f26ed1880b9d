import type { Place } from '@agent-readiness/protocol';
import { child, children, isTrue, textOf } from '../xml/xml.ts';
import { apiNameOf, parseRoot, requiredText } from './metadataFile.ts';

/** A tool of a hosted MCP server, with what its author claims about it. */
export interface McpTool {
  readonly name: string;
  readonly place: Place;
  readonly readOnly: boolean;
  readonly destructive: boolean;
  readonly openWorld: boolean;
  /** The org API behind the tool. */
  readonly api: { readonly source: string; readonly identifier: string; readonly operation: string } | undefined;
}

export interface McpServerFacts {
  readonly name: string;
  readonly place: Place;
  readonly tools: readonly McpTool[];
}

/** @throws UnreadableError when the file is not an MCP server definition, or a tool has no name */
export function parseMcpServer(file: string, text: string): McpServerFacts {
  const root = parseRoot(file, text, 'McpServerDefinition');
  return {
    name: apiNameOf(file),
    place: root.place,
    tools: children(root, 'tools').map((tool) => {
      const api = child(tool, 'apiDefinition');
      return {
        name: requiredText(tool, 'toolName'),
        place: tool.place,
        readOnly: isTrue(tool, 'readOnly'),
        destructive: isTrue(tool, 'destructive'),
        openWorld: isTrue(tool, 'openWorld'),
        api: api && {
          source: textOf(api, 'apiSource') ?? '',
          identifier: textOf(api, 'apiIdentifier') ?? '',
          operation: textOf(api, 'operation') ?? '',
        },
      };
    }),
  };
}
