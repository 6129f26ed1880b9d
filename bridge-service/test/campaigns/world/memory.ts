import { readFileSync, writeFileSync } from 'node:fs';
import type { BridgeProcess } from '../../process/bridgeProcess.ts';

/** The most memory that a process has held since it started, or since {@link forgetPeakMemory}. */
export function peakMemoryMb({ child }: Pick<BridgeProcess, 'child'>): number {
  const status = readFileSync(`/proc/${String(child.pid)}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1_024);
}

/** Without it, what the embedded store takes for a moment when it starts would hide what grows later (proc(5), clear_refs). */
export function forgetPeakMemory({ child }: Pick<BridgeProcess, 'child'>): void {
  writeFileSync(`/proc/${String(child.pid)}/clear_refs`, '5');
}
