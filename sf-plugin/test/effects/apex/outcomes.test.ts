import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../../src/effects/apex/outcome.ts';
import { Outcomes } from '../../../src/effects/apex/outcomes.ts';
import type { ApexMethod } from '../../../src/extract/apex/summary.ts';

const method: ApexMethod = { name: 'run', at: 1, annotations: [], parameters: [], returns: 'void' };

function outcome(height: number, isCut: boolean): Outcome {
  return {
    returned: undefined,
    standIns: [],
    changes: [],
    leaked: [],
    wasUnknownChanged: false,
    effort: { statements: 1, rounds: 0, depth: 1 + height, isCut },
    height,
  };
}

describe('what callees did', () => {
  it('holds wherever there is room for all of their callees', () => {
    const outcomes = new Outcomes();
    const whole = outcome(1, false);
    outcomes.keep(method, 'given', 0, whole);
    expect([0, 1, 2].map((depth) => outcomes.find(method, 'given', depth))).toEqual([whole, whole, undefined]);
  });

  it('holds for one depth where some of their callees stood too deep', () => {
    const outcomes = new Outcomes();
    const cut = outcome(1, true);
    outcomes.keep(method, 'given', 1, cut);
    expect([0, 1, 2].map((depth) => outcomes.find(method, 'given', depth))).toEqual([undefined, cut, undefined]);
  });

  it('holds for what they were given', () => {
    const outcomes = new Outcomes();
    outcomes.keep(method, 'given', 0, outcome(0, false));
    expect(outcomes.find(method, 'another', 0)).toBeUndefined();
    expect(outcomes.find({ ...method }, 'given', 0)).toBeUndefined();
  });
});
