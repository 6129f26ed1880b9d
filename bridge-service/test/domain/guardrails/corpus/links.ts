import type { Case } from './case.ts';

/** Allowed are help.example.com and whatever is below example.org; queries of 40 characters. */
export const linksCases: readonly Case[] = [
  ['See https://evil.example/x', 'host_not_allowed'],
  ['![logo](https://help.example.com/a.png)', 'loads_by_itself'],
  ['![a][1]', 'loads_by_itself'],
  ['<img src="https://help.example.com/a.png">', 'loads_by_itself'],
  ['[click](javascript:alert(1))', 'active_scheme'],
  ['data:text/html;base64,PHNjcmlwdD4=', 'active_scheme'],
  ['https://help.example.com@evil.example/', 'credentials_in_link', 'host_not_allowed'],
  ['https://help.example.com.evil.example/', 'host_not_allowed'],
  ['https://xhelp.example.com/', 'host_not_allowed'],
  ['https:\\\\evil.example\\x', 'host_not_allowed'],
  ['//evil.example/x', 'host_not_allowed'],
  ['https://hеlp.example.com/', 'host_not_allowed', 'look_alike_host'],
  ['https://xn--hlp-8cd.example.com/', 'host_not_allowed', 'look_alike_host'],
  ['https%3A%2F%2Fevil.example', 'host_not_allowed'],
  ['hxxps://evil.example', 'defanged_link', 'host_not_allowed'],
  ['visit evil-shop.com/now', 'host_not_allowed'],
  ['http://2130706433/', 'host_not_allowed'],
  ['ftp://evil.example/x', 'host_not_allowed'],
  [`https://help.example.com/?q=${'a'.repeat(60)}`, 'long_query'],
  // allowed
  ['https://help.example.com/articles/1?lang=en'],
  ['Read [this](https://docs.example.org/a).'],
  ['HTTPS://HELP.EXAMPLE.COM./x'],
  ['Either/or, and/or 1//2, e.g. this.'],
  ['The ratio is 3:1. Data: see the table below.'],
];
