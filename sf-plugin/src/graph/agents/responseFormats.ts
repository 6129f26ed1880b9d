import type { Located } from '../../extract/agents/located.ts';
import { parseResponseFormat, parseSurface } from '../../extract/agents/surface.ts';
import type { AgentFiles } from './agentFiles.ts';
import type { Entry } from './entries.ts';

/** What the answers on a planner's surfaces run; formats and surfaces of the platform run nothing of the project's. */
export function responseFormats(surfaces: readonly Located[], files: AgentFiles): Entry[] {
  const formats = surfaces.flatMap(({ value }) => {
    const file = files.find('agentSurface', value);
    return (file && files.read(file.path, parseSurface)?.responseFormats) ?? [];
  });
  return formats.flatMap(({ value }) => {
    const file = files.find('responseFormat', value);
    const { target, targetType } = (file && files.read(file.path, parseResponseFormat)) ?? {};
    return target ? [toEntry(value, target, targetType)] : [];
  });
}

function toEntry(name: string, target: Located, type: Located | undefined): Entry {
  const reason = `response format ${name}`;
  return { name, type: type?.value ?? 'unknown', target, invocation: 'model', inputs: [], reason, takesOver: false };
}
