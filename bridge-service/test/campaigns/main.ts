/**
 * Attacks on the promises of the bridge that take minutes; `npm test` has the short ones.
 * README.md lists them, docs/campaigns.md has what they found.
 *
 * Usage: npm run campaign -- <name> [--store pglite|postgres] [--count <n>] [--seed <n>]
 */
import { parseArgs } from 'node:util';
import type { Findings } from './world/findings.ts';
import { createSeeded, type Seeded } from './world/seeded.ts';
import type { StoreKind } from './world/stage.ts';
import { backups } from './rooms/backups.ts';
import { budgets } from './rooms/budgets.ts';
import { clocks } from './rooms/clocks.ts';
import { disk } from './rooms/disk.ts';
import { faults } from './rooms/faults.ts';
import { fuzz } from './rooms/fuzz.ts';
import { kills } from './rooms/kills.ts';
import { outagesOfStore } from './rooms/outages.ts';
import { replicas } from './rooms/replicas.ts';
import { skew } from './rooms/skew.ts';

interface Campaign {
  readonly run: (seeded: Seeded, count: number, store: StoreKind) => Promise<Findings>;
  /** How often what it does is done, unless told. */
  readonly count: number;
  /** Where it makes sense on one store only. */
  readonly only?: StoreKind;
}

const campaigns: Readonly<Record<string, Campaign>> = {
  backups: { run: backups, count: 100 },
  budgets: { run: budgets, count: 10_000 },
  kills: { run: kills, count: 200 },
  replicas: { run: replicas, count: 20, only: 'postgres' },
  clocks: { run: clocks, count: 1 },
  skew: { run: skew, count: 1, only: 'postgres' },
  faults: { run: faults, count: 10_000 },
  fuzz: { run: fuzz, count: 100_000 },
  disk: { run: disk, count: 3 },
  outages: { run: outagesOfStore, count: 2, only: 'postgres' },
};

const { positionals, values } = parseArgs({
  options: { store: { type: 'string' }, count: { type: 'string' }, seed: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const [name = ''] = positionals;
const campaign = campaigns[name];
const store = campaign?.only ?? values.store ?? 'pglite';
if (campaign === undefined || (store !== 'pglite' && store !== 'postgres')) {
  process.stderr.write(`Campaigns: ${Object.keys(campaigns).join(', ')}. Stores: pglite, postgres.\n`);
  process.exit(2);
}

const begun = performance.now();
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
say(`${name} on ${store}, seed ${values.seed}`);
const count = values.count === undefined ? campaign.count : Number(values.count);
const { figures, broken } = await campaign.run(createSeeded(Number(values.seed)), count, store);
for (const [what, figure] of Object.entries(figures).sort(([a], [b]) => (a < b ? -1 : 1))) say(`  ${what}: ${figure}`);
const seconds = Math.round((performance.now() - begun) / 1_000);
say(`${name} on ${store}: ${broken.length === 0 ? 'held' : `${broken.length} BROKEN`}, ${seconds} s`);
process.exit(broken.length === 0 ? 0 : 1);
