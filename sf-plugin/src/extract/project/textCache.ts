/** Keeps texts by key between runs: gives back what was put, or nothing. May lose any of them at any time. */
export interface TextCache {
  get(key: string): string | undefined;
  put(key: string, value: string): void;
}
