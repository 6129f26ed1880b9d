import type { NamedCredentialFacts } from '../../extract/metadata/namedCredential.ts';
import type { ExternalServiceFacts } from '../../extract/metadata/externalService.ts';
import type { McpServerFacts, McpTool } from '../../extract/metadata/mcpServer.ts';
import type { PromptTemplateFacts } from '../../extract/metadata/promptTemplate.ts';
import type { QuickActionFacts } from '../../extract/metadata/quickAction.ts';
import type { CallContext, Expander, Expansion } from '../model.ts';
import { expandExternalService } from './externalService.ts';
import { expandOpaque } from './opaqueTarget.ts';
import { expandPromptTemplate } from './promptTemplate.ts';
import { expandQuickAction } from './quickAction.ts';

/** The org metadata of the project; each look-up gives `undefined` where there is none of that name. */
export interface ServiceLookups {
  externalService(name: string): ExternalServiceFacts | undefined;
  namedCredential(name: string): NamedCredentialFacts | undefined;
  quickAction(name: string): QuickActionFacts | undefined;
  promptTemplate(name: string): PromptTemplateFacts | undefined;
  mcpServers(): readonly McpServerFacts[];
}

/** Expands external services, quick actions, prompt templates and targets without source. */
export function createServiceExpander(lookups: ServiceLookups): Expander {
  return (callable, context, site) => {
    switch (callable.kind) {
      case 'external-service':
        return externalService(callable.name, context, lookups);
      case 'quick-action': {
        const action = lookups.quickAction(callable.name);
        return action && expandQuickAction(action, context);
      }
      case 'prompt-template': {
        const template = lookups.promptTemplate(callable.name);
        return template && expandPromptTemplate(template, context);
      }
      case 'opaque': {
        const tool = callable.type === 'platformMcpTool' ? toolNamed(callable.name, lookups.mcpServers()) : undefined;
        return expandOpaque(callable, tool, context, site);
      }
      default:
        return undefined;
    }
  };
}

/** A target names `Service.operation`, or the service alone. */
function externalService(target: string, context: CallContext, lookups: ServiceLookups): Expansion | undefined {
  const [name = target, operation] = target.split('.');
  const service = lookups.externalService(name);
  if (!service) return undefined;
  const credential =
    service.namedCredential === undefined ? undefined : lookups.namedCredential(service.namedCredential);
  return expandExternalService(service, operation, credential, context);
}

/** A target names `server.tool`, or the tool alone where one server has a tool of that name. */
function toolNamed(target: string, servers: readonly McpServerFacts[]): McpTool | undefined {
  const wanted = target.toLowerCase();
  const found = servers.flatMap(({ name, tools }) =>
    tools.filter((tool) => [tool.name, `${name}.${tool.name}`].some((each) => each.toLowerCase() === wanted)),
  );
  return found.length === 1 ? found[0] : undefined;
}
