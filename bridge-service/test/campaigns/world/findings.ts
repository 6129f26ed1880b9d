/** What a campaign saw: figures for the page, and every promise that did not hold. */
export interface Findings {
  readonly figures: Record<string, number | string>;
  readonly broken: string[];
  /** Records a broken promise. */
  readonly require: (holds: boolean, promise: string) => void;
  readonly count: (name: string, by?: number) => void;
  /** Says at once how far it is: a campaign may be ended before its time. */
  readonly note: (name: string, figure: number) => void;
}

export function createFindings(): Findings {
  const figures: Record<string, number | string> = {};
  const broken: string[] = [];
  return {
    figures,
    broken,
    require(holds, promise) {
      if (holds) return;
      broken.push(promise);
      process.stderr.write(`  BROKEN ${promise}\n`);
    },
    count(name, by = 1) {
      figures[name] = Number(figures[name] ?? 0) + by;
    },
    note(name, figure) {
      figures[name] = figure;
      process.stderr.write(`  ${name}: ${figure}\n`);
    },
  };
}
