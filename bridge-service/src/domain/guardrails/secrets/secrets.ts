import { findInText } from '../../masking/detect.ts';
import { entropyPerCharacter, secretPatterns } from '../../masking/patterns/secrets.ts';
import { inEachPart, type Guardrail } from '../guardrail.ts';

/** Bits per character above which a long mixed run is no word and no identifier. */
const minEntropy = 4.2;

/** Credentials: keys whose form names their issuer, values called a password or a token, long random runs. */
export const secrets: Guardrail = {
  id: 'secrets',
  stages: ['in', 'out'],
  inspect: inEachPart(function* (text) {
    const found = findInText(text, (view) => secretPatterns.flatMap((pattern) => Array.from(pattern(view))));
    for (const { certainty } of found) yield certainty === 'pattern' ? 'named_secret' : 'key';
    for (const [run] of text.matchAll(/(?<![\w/+.-])[A-Za-z0-9_+/-]{32,200}={0,2}(?![\w/+.-])/g))
      if (isRandom(run)) yield 'random_run';
  }),
};

function isRandom(run: string): boolean {
  const isMixed = /[a-z]/.test(run) && /[A-Z]/.test(run) && (run.match(/\d/g)?.length ?? 0) > 2;
  return isMixed && !/[_/-].*[_/-].*[_/-]/.test(run) && entropyPerCharacter(run) > minEntropy;
}
