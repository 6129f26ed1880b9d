/** The day of the calendar that a moment belongs to in UTC, as `2026-11-30`. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
