import { inEachPart, type Guardrail } from '../guardrail.ts';
import { readingsOf } from '../readings.ts';
import { rules } from './rules.ts';

/** Points of different rules that make a sighting: one plain sign, or two weak ones of different families. */
const enough = 2;

/** Attempts of whoever writes to change the rules, to read the prompt or to give the model another self. */
export const directInjection: Guardrail = {
  id: 'direct_injection',
  stages: ['in'],
  inspect: inEachPart((text) => readingsOf(text).flatMap(familiesIn)),
};

function familiesIn(text: string): readonly string[] {
  const hits = rules.filter(({ expression }) => expression.test(text));
  const best = new Map<string, number>();
  for (const { family, points } of hits) best.set(family, Math.max(best.get(family) ?? 0, points));
  const points = Array.from(best.values()).reduce((sum, each) => sum + each, 0);
  return points >= enough ? [...best.keys()] : [];
}
