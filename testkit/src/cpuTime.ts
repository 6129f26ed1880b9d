/**
 * CPU time of this process so far, in milliseconds: what a limit on effort is held against, since others use the
 * machine as well.
 */
export function cpuTimeMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
