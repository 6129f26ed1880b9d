/** What holds a secret is often called so; bounded, so that a long line costs no more than its length. */
const secretName = String.raw`(?:passw(?:or)?d|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|authorization)[\w-]{0,40}`;
const assigned = String.raw`${secretName}(?:['"]?\s{0,9}(?:={1,3}>?|:)|['"]\s{0,9},)\s{0,9}`;

/** Each matches the secret alone; what tells that it is one stands before it. */
const secrets: readonly RegExp[] = [
  // password = '…', setHeader('Authorization', '…'), "apiKey": "…"
  new RegExp(String.raw`(?<=${assigned}')(?:[^'\\]|\\.)+`, 'gi'),
  new RegExp(String.raw`(?<=${assigned}")(?:[^"\\]|\\.)+`, 'gi'),
  new RegExp(String.raw`(?<=<[\w-]{0,40}${secretName}>)[^<]+`, 'gi'),
  /(?<=\b(?:Bearer|Basic)\s{1,9})[\w.~+/-]{8,}=*/g,
  // https://user:password@host
  /(?<=:\/\/[^\s/:@'"]{1,99}:)[^\s/@'"]+(?=@)/g,
  // Keys that their vendors mark, JSON web tokens, session ids of the platform.
  /\b(?:sk-|AKIA|AIza|gh[pousr]_|glpat-|xox[abprs]-|eyJ)[\w.-]{16,}/g,
  /\b00D\w{12,15}![\w.]{8,}/g,
  // Encoded keys: long, with digits, capitals and small letters. The hash of a prompt version looks the same.
  /(?<![A-Za-z0-9+/]|VersionIdentifier>)(?=[A-Za-z+/]{0,40}\d)(?=[a-z0-9+/]{0,40}[A-Z])(?=[A-Z0-9+/]{0,40}[a-z])[A-Za-z0-9+/]{40,}={0,2}/g,
];

/** The text with an asterisk for each character of what looks like a secret; nothing changes its place. */
export function maskSecrets(text: string): string {
  return secrets.reduce((masked, pattern) => masked.replace(pattern, (secret) => '*'.repeat(secret.length)), text);
}
