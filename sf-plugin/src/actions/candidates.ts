import type { OpaqueTarget } from '@agent-readiness/protocol';
import type { MetadataKind } from '../extract/project/metadataKinds.ts';
import type { SourceIndex } from '../extract/project/sourceIndex.ts';

/** What an action can invoke by name. */
const invocable: readonly MetadataKind[] = ['flow', 'apexClass', 'promptTemplate'];

/** Adds to each target the things in the project whose name differs only in case and separators. */
export function withCandidates(targets: readonly OpaqueTarget[], index: SourceIndex): OpaqueTarget[] {
  const byName = new Map<string, string[]>();
  for (const kind of invocable) {
    for (const { name, path } of index.all(kind)) {
      byName.set(loose(name), [...(byName.get(loose(name)) ?? []), path]);
    }
  }
  return targets.map((target) => ({ ...target, candidates: byName.get(loose(target.name)) ?? [] }));
}

function loose(name: string): string {
  return name.replaceAll(/[^a-z0-9]/gi, '').toLowerCase();
}
