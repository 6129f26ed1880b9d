const dayMs = 86_400_000;

/** From one day of the calendar to another, both as `2026-11-30`; negative if the second is the earlier one. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}
