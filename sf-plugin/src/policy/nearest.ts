import { closest, distance } from 'fastest-levenshtein';

/** `, did you mean "Order_Care"?` where a valid name is near; else all of them, where they are few. */
export function didYouMean(name: string, valid: readonly string[]): string {
  if (valid.length === 0) return '';
  const byCase = valid.find((each) => each.toLowerCase() === name.toLowerCase());
  const best = byCase ?? closest(name, valid);
  if (byCase !== undefined || distance(name.toLowerCase(), best.toLowerCase()) <= Math.max(2, name.length / 2)) {
    return `; did you mean "${best}"?`;
  }
  return valid.length > fewNames ? '' : `; it can be ${valid.join(', ')}`;
}

const fewNames = 16;
