/** API names are compared without regard to case, as the platform does. */
export function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Computes each name once. */
export function memoizeByName<T>(compute: (name: string) => T): (name: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (name) => {
    const key = name.toLowerCase();
    const found = known.get(key) ?? { value: compute(name) };
    known.set(key, found);
    return found.value;
  };
}

export function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: compute() }).value;
}
