/** What a campaign saw: figures for the page, and every promise that did not hold. */
export interface Findings {
  readonly figures: Record<string, number | string>;
  readonly broken: string[];
  /** Records a broken promise. */
  readonly require: (holds: boolean, promise: string) => void;
  readonly count: (name: string, by?: number) => void;
}

export function createFindings(): Findings {
  const figures: Record<string, number | string> = {};
  const broken: string[] = [];
  return {
    figures,
    broken,
    require(holds, promise) {
      if (!holds) broken.push(promise);
    },
    count(name, by = 1) {
      figures[name] = Number(figures[name] ?? 0) + by;
    },
  };
}
