import { keepBill, type Bill, type Treatment } from './bill.ts';
import type { Findings } from './findings.ts';
import { OrgDesk } from './orgDesk.ts';
import type { Seeded } from './seeded.ts';
import type { Stage } from './stage.ts';

/** The parties outside: an org that hands over, and a provider that answers after a while, or not. */
export function playOutside(
  stage: Stage,
  findings: Findings,
  seeded: Seeded,
  nowMs?: () => number,
): { readonly desk: OrgDesk; readonly bill: Bill } {
  const drawn = seeded.branch('provider');
  return {
    desk: new OrgDesk(stage.org, findings, nowMs),
    bill: keepBill(stage.claude, () => usualTreatment(drawn)),
  };
}

/** Mostly it answers within 300 ms; one answer in twelve breaks off, one in fifteen is an error. */
function usualTreatment(seeded: Seeded): Treatment {
  const headerDelayMs = seeded.below(300);
  const chance = seeded.below(60);
  if (chance < 4) return { instead: { kind: 'error', status: 529, type: 'overloaded_error', headerDelayMs } };
  if (chance < 9) return { answer: { headerDelayMs, cut: { afterBytes: 300 + seeded.below(600), how: 'reset' } } };
  return { answer: { headerDelayMs } };
}
