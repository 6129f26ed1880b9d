/** SQLSTATE classes: connection exception, insufficient resources, operator intervention (shutdown). */
const unavailableClasses: readonly string[] = ['08', '53', '57'];

/** Whether an error of the driver says that the database cannot be reached, by its code. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  const { code } = error;
  const isSystemError = /^E[A-Z]{3,}$/.test(code);
  return isSystemError || (/^[0-9A-Z]{5}$/.test(code) && unavailableClasses.includes(code.slice(0, 2)));
}
