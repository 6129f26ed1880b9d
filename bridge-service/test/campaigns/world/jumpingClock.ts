/**
 * Imported by a bridge before all else: its wall clock differs from the machine's by what stands in the file
 * named by CAMPAIGN_CLOCK, milliseconds, looked at again and again. Timers go on, as they do when a clock is set.
 */
import { readFileSync } from 'node:fs';

const file = process.env['CAMPAIGN_CLOCK'] ?? '';
const RealDate = Date;
let offsetMs = 0;
const look = (): void => {
  offsetMs = Number(readFileSync(file, 'utf8'));
};
look();
setInterval(look, 25).unref();

const now = (): number => RealDate.now() + offsetMs;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: readonly number[]): Date =>
    given[0] === undefined ? new target(now()) : new target(...(given as [number])),
  get: (target, name, receiver): unknown => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});
