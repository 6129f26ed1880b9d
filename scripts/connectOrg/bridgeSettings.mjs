import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseDocument } from 'yaml';
import { SfError } from './sf.mjs';

/**
 * The settings of the bridge, changed where this org is concerned; comments and everything else stay.
 *
 * @param {string} file made if it is not there
 */
export function openSettings(file) {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const document = parseDocument(before);
  if (document.errors.length > 0) throw new SfError(`${file}: ${document.errors[0].message.split('\n')[0]}`);
  const listOf = (name) => document.toJS()?.[name] ?? [];
  const set = (path, value) => document.setIn(path, document.createNode(value));

  /** Replaces the entry that `isSame` finds, or adds one. */
  const put = (name, value, isSame) => {
    const list = listOf(name);
    const at = list.findIndex(isSame);
    if (list.length === 0) set([name], [value]);
    else if (JSON.stringify(list[at]) !== JSON.stringify(value)) set([name, at < 0 ? list.length : at], value);
  };

  return {
    put,
    /** SHA-256 of the token that this org has; undefined while there is none. */
    tokenOf: (org) => listOf('tokens').find((token) => token.role === 'org' && token.org === org)?.sha256,
    /** Returns whether anything has changed. */
    save() {
      const after = String(document);
      if (after === before) return false;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, after);
      return true;
    },
  };
}
