import { pattern, type Pattern } from './pattern.ts';

const email = pattern({
  type: 'EMAIL',
  certainty: 'checked',
  expression:
    /(?<![\p{L}\p{N}])[\p{L}\p{N}_](?:[\p{L}\p{N}._%+'-]{0,62}[\p{L}\p{N}_%+-])?@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])/gu,
});

/** `someone (at) example dot com`, as people write to keep robots away. */
const spelledEmail = pattern({
  type: 'EMAIL',
  certainty: 'pattern',
  expression:
    /(?<![\w.+-])[\w.+-]{1,64} ?[([{<] ?at ?[)\]}>] ?[\w-]{1,63}(?: ?(?:[([{<] ?dot ?[)\]}>]|\.| dot ) ?[A-Za-z][\w-]{1,24}){1,4}(?![\w])/gi,
});

const ipv4 = pattern({
  type: 'IP_ADDRESS',
  needsDigit: true,
  certainty: 'checked',
  expression:
    /(?<![\w.])(?<!\b(?:v|version|release|build|ver\.?) ?)(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\w]|\.\d)/gi,
});

const ipv6 = pattern({
  type: 'IP_ADDRESS',
  certainty: 'checked',
  expression: /(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:(?<=:)\d{1,3}(?:\.\d{1,3}){3})?(?![\w:])/gi,
  accepts: isIpv6,
});

function isIpv6(value: string): boolean {
  // A time of day has colons as well: an address has eight groups or one gap.
  const halves = value.split('::');
  const groups = value.split(':').filter((group) => group !== '');
  if (groups.length === 0 || halves.length > 2 || /^:[^:]|[^:]:$/.test(value)) return false;
  const needed = value.includes('.') ? 7 : 8;
  return halves.length === 2 ? groups.length < needed && /[0-9a-f]{3}|[a-f]/i.test(value) : groups.length === needed;
}

const mac = pattern({
  type: 'MAC_ADDRESS',
  certainty: 'checked',
  expression: /(?<![\w:-])[0-9a-f]{2}(?:(?::[0-9a-f]{2}){5}|(?:-[0-9a-f]{2}){5})(?![\w:-])/gi,
});

/** A URL that carries a credential: user and password, or a parameter that is one. */
const url = pattern({
  type: 'URL',
  certainty: 'checked',
  expression: /(?<![\w])[a-z][a-z0-9+.-]{1,15}:\/\/[^\s<>"'`]{3,2000}/gi,
  accepts: (value) =>
    /^[^/]*\/\/[^/\s@]{1,200}:[^/\s@]{1,200}@/.test(value) ||
    /[?&#](?:access_token|api_?key|auth|code|id_token|jwt|key|password|pwd|refresh_token|secret|session|sessionid|sid|sig|signature|token)=[^&\s]{4}/i.test(
      value,
    ),
});

const username = pattern({
  type: 'USERNAME',
  certainty: 'pattern',
  expression:
    /\b(?:user ?name|user ?id|login(?: name| id)?|log-?in)["']? {0,2}(?:[:=]|is) {0,2}["']?(?<value>[\w.@+-]{3,64})/gi,
  group: 'value',
  // "The user ID is required" is no name: a lower-case word without a digit or a separator is not enough.
  accepts: (value) => /[\d@._-]|[a-z][A-Z]/.test(value.replace(/[.]+$/, '')),
});

export const internetPatterns: readonly Pattern[] = [email, spelledEmail, ipv4, ipv6, mac, url, username];
