/** A span of time in milliseconds since the epoch: from inclusive, to exclusive. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

type Unit = 'day' | 'week' | 'month' | 'year';

interface DateLiteral {
  readonly unit: Unit;
  /** First and last unit of the span, counted from the current one; `n` is the number after the colon. */
  readonly first: (n: number) => number;
  readonly last: (n: number) => number;
  readonly takesNumber: boolean;
  /** Ends with the current moment, not with the day. */
  readonly untilNow?: true;
}

const fixed = (unit: Unit, offset: number): DateLiteral => ({
  unit,
  first: () => offset,
  last: () => offset,
  takesNumber: false,
});

const counted = (first: (n: number) => number, last: (n: number) => number): DateLiteral => ({
  unit: 'day',
  first,
  last,
  takesNumber: true,
});

/** Source: SOQL and SOSL Reference, "Date Formats and Date Literals". Days begin at midnight UTC, weeks on Sunday. */
const dateLiterals: Readonly<Record<string, DateLiteral>> = {
  YESTERDAY: fixed('day', -1),
  TODAY: fixed('day', 0),
  TOMORROW: fixed('day', 1),
  LAST_WEEK: fixed('week', -1),
  THIS_WEEK: fixed('week', 0),
  NEXT_WEEK: fixed('week', 1),
  LAST_MONTH: fixed('month', -1),
  THIS_MONTH: fixed('month', 0),
  NEXT_MONTH: fixed('month', 1),
  LAST_YEAR: fixed('year', -1),
  THIS_YEAR: fixed('year', 0),
  NEXT_YEAR: fixed('year', 1),
  LAST_N_DAYS: {
    ...counted(
      (n) => -n,
      () => 0,
    ),
    untilNow: true,
  },
  NEXT_N_DAYS: counted(
    () => 1,
    (n) => n,
  ),
  N_DAYS_AGO: counted(
    (n) => -n,
    (n) => -n,
  ),
};

/** @param text in capital letters, with the number if it has one: `TODAY`, `LAST_N_DAYS:7` */
export function isDateLiteral(text: string): boolean {
  const [name = '', number] = text.split(':');
  return dateLiterals[name]?.takesNumber === (number !== undefined);
}

/** The span that a date literal stands for at a moment. */
export function spanOf(text: string, now: Date): TimeSpan {
  const [name = '', number] = text.split(':');
  const literal = dateLiterals[name];
  if (!literal) throw new Error(`${text} is no date literal`);
  const { unit, first, last, untilNow } = literal;
  const n = Number(number);
  return { from: startOf(unit, first(n), now), to: untilNow ? now.getTime() + 1 : startOf(unit, last(n) + 1, now) };
}

function startOf(unit: Unit, offset: number, now: Date): number {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  switch (unit) {
    case 'day':
      return Date.UTC(year, month, day + offset);
    case 'week':
      return Date.UTC(year, month, day - now.getUTCDay() + 7 * offset);
    case 'month':
      return Date.UTC(year, month + offset, 1);
    case 'year':
      return Date.UTC(year + offset, 0, 1);
  }
}
