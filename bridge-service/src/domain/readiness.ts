import { categorySchema, type Category } from '@agent-readiness/protocol';

/** One row of the readiness gate. A row that could not be evaluated is `unknown`, and blocks like `unmet`. */
export interface ReadinessRow {
  readonly dimension: Category;
  readonly status: 'met' | 'unmet' | 'unknown';
  readonly evidence: string;
}

export interface Readiness {
  readonly ready: boolean;
  readonly rows: readonly ReadinessRow[];
}

/** Completes the evaluated rows to all dimensions: what nobody evaluated is unknown. */
export function readinessOf(evaluated: readonly ReadinessRow[]): Readiness {
  const rows = categorySchema.options.flatMap((dimension): readonly ReadinessRow[] => {
    const known = evaluated.filter((row) => row.dimension === dimension);
    return known.length > 0
      ? known
      : [{ dimension, status: 'unknown', evidence: 'no control of this bridge answers it' }];
  });
  return { ready: rows.every(({ status }) => status === 'met'), rows };
}
