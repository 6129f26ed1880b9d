import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { forge, validChain, type ObjectCase } from '../vectors/objectCases.ts';
import { loadWorld, verifyCase, type World } from '../vectors/verifyCase.ts';

/** Every valid object, damaged in every place. The golden vectors show one of each sort; this is all. */
const chain = await validChain();
const byName = new Map(Object.values(chain).map((link) => [link.case.name, link.case]));
const names = Object.keys(chain);
// Thousands of signatures a test, on a machine that may be busy.
jest.setTimeout(300_000);

let world: World;
beforeAll(async () => {
  world = await loadWorld();
});

async function codeOf(vector: ObjectCase): Promise<string> {
  const outcome = await verifyCase(vector, byName, world);
  return outcome.ok ? 'ok' : outcome.code;
}

function linkOf(name: string): { valid: object; case: ObjectCase } {
  const link = chain[name];
  if (link === undefined) throw new Error(name);
  return link;
}

describe('any character of the envelope', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';

  it.each(names)('changed, %s is refused', async (name) => {
    const { case: vector } = linkOf(name);
    const accepted: number[] = [];
    for (let at = 0; at < vector.envelope.length; at += 1) {
      const next = alphabet.charAt((alphabet.indexOf(vector.envelope.charAt(at)) + 1) % alphabet.length);
      const envelope = vector.envelope.slice(0, at) + next + vector.envelope.slice(at + 1);
      if ((await codeOf({ ...vector, envelope })) === 'ok') accepted.push(at);
    }
    expect(accepted).toEqual([]);
  });

  it.each(names)('missing, doubled or followed by more, %s is refused', async (name) => {
    const { case: vector } = linkOf(name);
    const { envelope } = vector;
    const accepted: string[] = [];
    for (let at = 0; at < envelope.length; at += 7) {
      const wrong = [
        envelope.slice(0, at) + envelope.slice(at + 1),
        envelope.slice(0, at),
        `${envelope.slice(0, at)} ${envelope.slice(at)}`,
      ];
      for (const damaged of wrong)
        if ((await codeOf({ ...vector, envelope: damaged })) === 'ok') accepted.push(damaged);
    }
    for (const more of ['\n', '=', '.', 'A', '.e30']) {
      if ((await codeOf({ ...vector, envelope: envelope + more })) === 'ok') accepted.push(more);
    }
    expect(accepted).toEqual([]);
  });
});

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([name, member]) =>
      pathsOf(member, [...path, Array.isArray(value) ? Number(name) : name]),
    ),
  ];
}

/** A copy of a JSON value with one place changed, or left out. */
function change(value: unknown, [first, ...rest]: Path, to: unknown): unknown {
  if (first === undefined) return to;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  const member = change(copy[first], rest, to);
  if (member !== undefined) copy[first] = member;
  else if (Array.isArray(copy)) copy.splice(Number(first), 1);
  else return Object.fromEntries(Object.entries(copy).filter(([name]) => name !== String(first)));
  return copy;
}

const wrongValues = [null, true, -1, 1.5, '', ' ', [], {}, 'x'.repeat(300)];

/**
 * Changes that leave a valid object, signed by its own side. Free text and counters may say anything;
 * lists may be empty and grants fewer; what is optional may be missing.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  offer: [
    'authorization_details = []',
    'authorization_details.0 left out',
    'authorization_details.0.fields = []',
    'authorization_details.0.fields.0 left out',
    'authorization_details.0.recordIds left out',
    'authorization_details.0.recordIds.0 left out',
    'authorization_details.0.recordIds.1 left out',
    'authorization_details.1 left out',
    'authorization_details.2 left out',
    'authorization_details.2.fields = []',
    'authorization_details.2.fields.0 left out',
    'data_classes = []',
    'data_classes.0 left out',
    'data_classes.0.compliance = []',
    'data_classes.0.compliance.0 left out',
    'masking_hints = {}',
    'masking_hints.Order.Ship_To_Name__c left out',
    'tctx.record_ids = []',
    'tctx.record_ids.0 left out',
  ],
  refuse: [],
  accept: [
    'authorization_details = []',
    'authorization_details.0 left out',
    'authorization_details.0.fields = []',
    'authorization_details.0.fields.0 left out',
  ],
  'waiting-result': [],
  approval: ['override = true'],
  result: [],
  close: ['record_ids = []', 'record_ids.0 left out'],
};

describe('any claim', () => {
  it.each(names)('changed and signed anew, %s is refused unless it still makes sense', async (name) => {
    const { valid, case: vector } = linkOf(name);
    const accepted: string[] = [];
    for (const path of pathsOf(valid).slice(1)) {
      for (const wrong of [undefined, ...wrongValues]) {
        const changed = change(valid, path, wrong);
        if (JSON.stringify(changed) === JSON.stringify(valid)) continue;
        const envelope = forge(vector.kind, changed as object);
        if ((await codeOf({ ...vector, envelope })) !== 'ok') continue;
        accepted.push(
          `${path.join('.')} ${wrong === undefined ? 'left out' : `= ${JSON.stringify(wrong).slice(0, 9)}`}`,
        );
      }
    }
    expect(accepted.sort()).toEqual([...(allowed[name] ?? [])].sort());
  });

  it.each(names)('with a member that is not defined, %s is refused', async (name) => {
    const { valid, case: vector } = linkOf(name);
    for (const path of pathsOf(valid)) {
      for (const stray of ['stray', 'constructor', 'toString', '__proto__']) {
        const at = path.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], valid);
        const isMap = path[0] === 'masking_hints' || path.includes('arguments');
        if (typeof at !== 'object' || at === null || Array.isArray(at) || isMap) continue;
        const extended = JSON.parse(`{"${stray}":"x",${JSON.stringify(at).slice(1)}`.replace(',}', '}')) as unknown;
        const envelope = forge(vector.kind, {}, { text: () => JSON.stringify(change(valid, path, extended)) });
        const code = await codeOf({ ...vector, envelope });
        expect(`${path.join('.')}.${stray}: ${code}`).not.toMatch(/: ok$/);
      }
    }
  });
});
