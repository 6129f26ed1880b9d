import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePolicy } from '../../../src/policy/config/parsePolicy.ts';

const text = `version: 1
failOn: high
rules:
  unbounded-write:
    severity: critical
diff:
  failOn: [added, widened]
waiverDays: 60
agents:
  Order_Care:
    owner: order-team@example.com
    may: [create Case, "update Case.Status, Case.Priority"]
    actions:
      cancel_order:
        may:
          - effect: delete Order
            extent: bounded
            extentLimit: 5
            identity: user
waivers:
  - rule: opaque-target
    agent: Order_*
    effect: unknown:*
    reason: The package was reviewed by hand.
    owner: order-team@example.com
    approver: security-team@example.com
    expires: 2026-08-01
`;

const last = text.split('\n').length;

function judged(mutated: string): void {
  const { policy, problems } = parsePolicy('p.yaml', mutated);
  expect(problems.length === 0).toBe(policy !== undefined);
  for (const { place, message } of problems) {
    expect(message).not.toBe('');
    expect(place.line).toBeGreaterThanOrEqual(1);
    expect(place.line).toBeLessThanOrEqual(last + 1);
    expect(place.column).toBeGreaterThanOrEqual(1);
  }
}

describe('a policy that is edited once is accepted or refused with a line', () => {
  it('without one of its lines, or with one twice', () => {
    const lines = text.split('\n');
    for (const at of lines.keys()) {
      judged(lines.toSpliced(at, 1).join('\n'));
      judged(lines.toSpliced(at, 0, lines[at] ?? '').join('\n'));
    }
  });

  it('with a few characters replaced anywhere', () => {
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(12), fc.string({ unit: 'binary', maxLength: 6 }), (at, length, other) => {
        judged(text.slice(0, at) + other + text.slice(at + length));
      }),
      { seed: 20260601, numRuns: 200 },
    );
  });

  it('with one of its words exchanged for another one', () => {
    const words = [...text.matchAll(/[\w-]+|[[\]:,*"-]/g)];
    const pick = fc.constantFrom(...words);
    fc.assert(
      fc.property(pick, pick, (old, other) => {
        judged(text.slice(0, old.index) + other[0] + text.slice(old.index + old[0].length));
      }),
      { seed: 20260602, numRuns: 200 },
    );
  });
});
