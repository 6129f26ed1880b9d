import type Anthropic from '@anthropic-ai/sdk';
import type { ModelContent, ModelMessage, ModelRequest } from '../../ports/model.ts';

type Body = Anthropic.MessageCreateParamsNonStreaming;
type ContentBlock = Anthropic.TextBlockParam | Anthropic.ToolUseBlockParam | Anthropic.ToolResultBlockParam;
interface MessageParam {
  readonly role: 'user' | 'assistant';
  readonly content: ContentBlock[];
}

/**
 * The body of a Messages request. Written out field by field: what is not named here cannot leave, also not
 * a parameter that the API has dropped and would refuse.
 */
export function requestBody(request: ModelRequest, model: string): Body {
  const { system, messages, tools, goesOn, outputSchema } = request;
  return {
    model,
    max_tokens: request.maxOutputTokens,
    messages: tools.length === 0 ? messages.map(messageParam) : cachedTo(goesOn ? -1 : -3, messages.map(messageParam)),
    ...(system.length > 0 && { system: systemBlocks(system) }),
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, inputSchema }) => ({
        name,
        description,
        input_schema: { ...inputSchema, type: 'object' as const },
      })),
    }),
    ...(outputSchema !== undefined && {
      output_config: { format: { type: 'json_schema' as const, schema: { ...outputSchema } } },
    }),
  };
}

function messageParam({ role, content }: ModelMessage): MessageParam {
  return { role, content: content.map(contentBlock) };
}

/**
 * A conversation with tools begins each question as the one before: the cache reaches to its end, or, when no
 * question follows, to where the last one has left it, two messages earlier.
 */
function cachedTo(at: -1 | -3, messages: readonly MessageParam[]): MessageParam[] {
  const marked = messages.length + at;
  return messages.map((message, index) =>
    index === marked ? { ...message, content: message.content.map(cachedIfLast) } : message,
  );
}

function cachedIfLast(block: ContentBlock, index: number, blocks: readonly ContentBlock[]): ContentBlock {
  return index < blocks.length - 1 ? block : { ...block, cache_control: { type: 'ephemeral' } };
}

/** The cache reaches to the last stable part: behind it stands what differs from run to run. */
function systemBlocks(system: ModelRequest['system']): Anthropic.TextBlockParam[] {
  const lastStable = system.findLastIndex(({ stable }) => stable);
  return system.map(({ text }, index) => ({
    type: 'text',
    text,
    ...(index === lastStable && { cache_control: { type: 'ephemeral' as const } }),
  }));
}

function contentBlock(content: ModelContent): ContentBlock {
  switch (content.type) {
    case 'text':
      return { type: 'text', text: content.text };
    case 'tool_use':
      return { type: 'tool_use', id: content.id, name: content.name, input: content.input };
    case 'tool_result':
      return {
        type: 'tool_result',
        tool_use_id: content.toolUseId,
        content: content.content,
        is_error: content.isError,
      };
  }
}
