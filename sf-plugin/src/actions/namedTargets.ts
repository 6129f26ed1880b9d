import type { Effect, OpaqueTarget } from '@agent-readiness/protocol';
import type { MetadataKind } from '../extract/project/metadataKinds.ts';
import type { SourceIndex } from '../extract/project/sourceIndex.ts';

/** Code of the project that cannot be followed. It may be renamed, which changes nothing. */
const ownCode = '(project)';
const code: readonly MetadataKind[] = ['apexClass', 'apexTrigger', 'flow', 'promptTemplate'];

/**
 * Effects with the names of what their object stands for: the host behind a named credential, and what could not be
 * seen. With another host, or something else that is not seen, an action can do more.
 *
 * @param opaque what the action reaches and could not be looked into
 */
export function withNamedTargets(
  effects: readonly Effect[],
  opaque: readonly OpaqueTarget[],
  hostOf: (namedCredential: string) => string | undefined,
  index: SourceIndex,
): Effect[] {
  const unseen = [...new Set(opaque.map((target) => nameOf(target, index)))].sort();
  return effects.map((effect) => {
    if (effect.operation === 'unknown') return unseen.length === 0 ? effect : { ...effect, fields: [...unseen] };
    if (effect.operation !== 'callout' && effect.operation !== 'invoke-agent') return effect;
    const host = hostOf(effect.object);
    return host === undefined || host === effect.object ? effect : { ...effect, fields: [host] };
  });
}

function nameOf({ type, name }: OpaqueTarget, index: SourceIndex): string {
  const [outer = ''] = name.split('.', 1);
  return code.some((kind) => index.named(kind, outer).length > 0) ? ownCode : name || type;
}
