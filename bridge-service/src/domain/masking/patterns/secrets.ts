import { pattern, type Pattern } from './pattern.ts';

/** Keys and tokens that name their issuer in their first characters. */
const issued: readonly string[] = [
  // Anthropic, OpenAI, Stripe, Hugging Face
  'sk-ant-[\\w-]{20,200}',
  'sk-(?:proj-|svcacct-)?[\\w-]{20,200}',
  '[srp]k_(?:live|test)_[A-Za-z0-9]{16,120}',
  'whsec_[A-Za-z0-9+/=]{24,100}',
  'hf_[A-Za-z0-9]{30,60}',
  // AWS, Google, Azure
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}',
  'AIza[\\w-]{35}',
  'ya29\\.[\\w-]{20,400}',
  'GOCSPX-[\\w-]{28}',
  'AccountKey=[A-Za-z0-9+/]{80,100}={0,2}',
  // GitHub, GitLab, npm, PyPI, Slack, SendGrid, Twilio, DigitalOcean, Shopify, Atlassian, Databricks
  'gh[pousr]_[A-Za-z0-9]{36,255}',
  'github_pat_[A-Za-z0-9_]{22,255}',
  'glpat-[\\w-]{20,60}',
  'npm_[A-Za-z0-9]{36}',
  'pypi-[\\w-]{50,300}',
  'xox[abeoprs]-[A-Za-z0-9-]{10,250}',
  'xapp-\\d-[A-Za-z0-9-]{20,200}',
  'SG\\.[\\w-]{16,32}\\.[\\w-]{16,64}',
  '(?:AC|SK)[0-9a-f]{32}',
  'do[opr]_v1_[0-9a-f]{64}',
  'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}',
  'ATATT3[\\w=-]{50,300}',
  'dapi[0-9a-f]{32}',
  // Salesforce session id and consumer key
  '00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?![\\w.]{40,200}',
  '3MVG9[\\w.]{60,120}',
  // JSON Web Token
  'eyJ[\\w-]{8,2000}\\.[\\w-]{8,4000}\\.[\\w-]{0,1000}',
];

const issuedSecret = pattern({
  type: 'SECRET',
  certainty: 'checked',
  expression: new RegExp(`(?<![A-Za-z0-9_-])(?:${issued.join('|')})(?![A-Za-z0-9])`, 'g'),
});

const privateKey = pattern({
  type: 'SECRET',
  certainty: 'checked',
  expression: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s:,-]{0,8000}/g,
});

const webhook = pattern({
  type: 'SECRET',
  certainty: 'checked',
  expression: /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/[\w/-]{20,120}/g,
});

const authorization = pattern({
  type: 'SECRET',
  needsDigit: true,
  certainty: 'pattern',
  expression: /\b(?:bearer|basic) (?<value>[\w.~+/-]{16,4000}={0,2})/gi,
  group: 'value',
  accepts: (value) => /\d/.test(value),
});

const assigned = pattern({
  type: 'SECRET',
  certainty: 'pattern',
  expression:
    /\b(?:pass(?:word|wd|phrase|code)|pwd|secret|api[ _-]?key|access[ _-]?key|auth[ _-]?token|access[ _-]?token|client[ _-]?secret|private[ _-]?key|token|pin|one-time code|otp)["']? {0,2}(?:[:=]|is|=>){1,2} {0,2}["']?(?<value>[^\s"',;<>]{4,400})/gi,
  group: 'value',
  accepts: isLikelySecret,
});

/** Words follow "password is" more often than passwords do. */
function isLikelySecret(value: string): boolean {
  return /[^A-Za-z.]/.test(value.replace(/[.!?)]+$/, '')) || entropyPerCharacter(value) > 3.5;
}

/** Shannon entropy in bits per character. */
export function entropyPerCharacter(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  return Array.from(counts.values(), (count) => (-count / value.length) * Math.log2(count / value.length)).reduce(
    (sum, bits) => sum + bits,
    0,
  );
}

export const secretPatterns: readonly Pattern[] = [issuedSecret, privateKey, webhook, authorization, assigned];
