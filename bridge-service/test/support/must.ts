/** The value; a test whose premise is missing fails here. */
export function must<T>(value: T | null | undefined): T {
  if (value === undefined || value === null) throw new Error('expected a value');
  return value;
}
