import { joinExtents, type Effect, type Gate, type Hop, type Reach } from '@agent-readiness/protocol';
import { compareReach, lessTrusted, surer, unionOfFields, weakerGate } from './lattice.ts';
import type { LocalEffect } from './model.ts';

interface Arrival {
  readonly gate: Gate;
  readonly reach: Reach;
  readonly path: readonly Hop[];
}

/**
 * The effects of one action. Effects that differ only in fields, extent, chooser, gate or certainty
 * are one effect: the set keeps the union of the fields, the more worrying of the others, the surest
 * certainty with its shortest path, and counts the other paths.
 */
export class EffectSet {
  readonly #effects = new Map<string, Effect>();

  add(local: LocalEffect, { gate, reach, path }: Arrival): void {
    const { operation, object, identity, reversibility } = local;
    const key = JSON.stringify([operation, object, identity, reversibility, reach]);
    const known = this.#effects.get(key);
    if (!known) {
      this.#effects.set(key, {
        operation,
        object,
        fields: unionOfFields(local.fields, []),
        extent: local.extent,
        ...(local.extentLimit !== undefined && { extentLimit: local.extentLimit }),
        identity,
        chosenBy: local.chosenBy,
        gate,
        reversibility,
        reach,
        certainty: local.certainty,
        path: [...path],
        otherPaths: 0,
      });
      return;
    }
    const { extentLimit: knownLimit, ...rest } = known;
    const { extent, extentLimit } = joinExtents({ extent: known.extent, extentLimit: knownLimit }, local);
    const certainty = surer(known.certainty, local.certainty);
    const better = certainty !== known.certainty || (local.certainty === certainty && path.length < known.path.length);
    this.#effects.set(key, {
      ...rest,
      fields: unionOfFields(known.fields, local.fields),
      extent,
      ...(extentLimit !== undefined && { extentLimit }),
      chosenBy: lessTrusted(known.chosenBy, local.chosenBy),
      gate: weakerGate(known.gate, gate),
      certainty,
      path: better ? [...path] : known.path,
      otherPaths: known.otherPaths + 1,
    });
  }

  /** Sorted by reach, then operation, object and identity. */
  toArray(): Effect[] {
    return [...this.#effects.values()].sort(
      (a, b) => compareReach(a.reach, b.reach) || (sortKey(a) < sortKey(b) ? -1 : 1),
    );
  }
}

function sortKey({ operation, object, identity, reversibility }: Effect): string {
  return JSON.stringify([operation, object, identity, reversibility]);
}
