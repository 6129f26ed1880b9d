import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as handoff from '@agent-readiness/protocol/handoff';
import * as log from '@agent-readiness/protocol/log';
import { objectVectors } from './vectors/buildVectors.ts';
import { noteCases } from './vectors/logCases.ts';

const page = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');

/** Cells of the tables of one section. */
function rowsOf(section: string): string[][] {
  const body = page.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? '';
  const rows = body.split('\n').filter((line) => line.startsWith('|') && !line.startsWith('| --'));
  return rows.slice(1).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
  );
}

describe('docs/protocol.md', () => {
  it('lists each code with its meaning', () => {
    expect(Object.fromEntries(rowsOf('Codes'))).toEqual(handoff.refusalCodes);
  });

  it('lists the objects', () => {
    const listed = rowsOf('Objects').map(([kind, typ, from, life, follows]) => [kind, typ, from, life, follows]);
    const defined = Object.entries(handoff.kinds).map(([kind, { typ, from, lifetimeSeconds, follows }]) => [
      kind,
      typ,
      from,
      `${String(lifetimeSeconds)} s`,
      follows.length === 0 ? '—' : follows.join(', '),
    ]);
    expect(listed).toEqual(defined);
  });

  it('names each function', () => {
    const functions = Object.entries({ ...handoff, ...log }).filter(([, value]) => typeof value === 'function');
    const api = page.slice(page.indexOf('## API'), page.indexOf('## Verify by hand'));
    expect(functions.map(([name]) => name).filter((name) => !api.includes(`\`${name}`))).toEqual([]);
  });
});

describe('the codes', () => {
  it('are each shown by a vector, or by a test of what no vector can show', async () => {
    const shown = [...(await objectVectors()), ...noteCases].map((row) => row.expect);
    const elsewhere = [
      ...['certificate_malformed', 'certificate_weak_key', 'certificate_not_pinned', 'certificate_shared'],
      ...['envelope_too_large', 'party_mismatch', 'jti_reused', 'txn_changed'],
      ...['checkpoint_malformed', 'checkpoint_origin', 'consistency_invalid'],
    ];
    expect(elsewhere.filter((code) => shown.includes(code))).toEqual([]);
    expect([...new Set([...shown, ...elsewhere])].sort()).toEqual(['ok', ...Object.keys(handoff.refusalCodes)].sort());
  });
});
