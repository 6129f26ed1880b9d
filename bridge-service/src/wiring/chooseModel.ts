import { readFileSync } from 'node:fs';
import { createAnthropicModel } from '../adapters/anthropic/anthropicModel.ts';
import { createBatches } from '../adapters/anthropic/batches.ts';
import { createClient } from '../adapters/anthropic/client.ts';
import { createPricing } from '../adapters/anthropic/pricing.ts';
import { offlineModel, offlinePricing } from '../adapters/offline/offlineModel.ts';
import type { Config } from '../config/schema.ts';
import { bandsOf, parsePriceTable, type PriceTable } from '../domain/pricing/priceTable.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { ModelPort, Pricing } from '../ports/model.ts';
import type { Watch } from '../ports/watch.ts';

const priceFile = new URL('../../prices.json', import.meta.url);

const retry = { attemptsPerModel: 3, baseWaitMs: 500, maxWaitMs: 8_000 };
const breaker = { faults: 5, openMs: 30_000 };

/** What models cost, as it was reviewed with this release. */
export function readPrices(): PriceTable {
  return parsePriceTable(JSON.parse(readFileSync(priceFile, 'utf8')));
}

/** Claude where there is a key, else the labelled stand-in. */
export function chooseModel(
  { anthropic }: Config,
  outside: { readonly clock: Clock; readonly random: Random; readonly watch: Watch },
): { readonly model: ModelPort; readonly pricing: Pricing } {
  if (anthropic === undefined) return { model: offlineModel, pricing: offlinePricing };
  const prices = readPrices();
  const { apiKey, baseUrl, tiers, allowBatches } = anthropic;
  const client = createClient({ apiKey: apiKey.reveal(), baseUrl });
  const usable = (model: string, nowMs: number): boolean => bandsOf(prices, model, nowMs).length > 0;
  const batches = allowBatches ? { batches: createBatches({ client, tiers, usable, clock: outside.clock }) } : {};
  const model = createAnthropicModel({
    client,
    tiers,
    usable,
    retry,
    breaker,
    clock: outside.clock,
    random: outside.random,
    onBreaker: (model, state) => {
      outside.watch.breaker(model, state);
    },
  });
  return {
    model: { ...model, ...batches },
    pricing: createPricing(prices, tiers),
  };
}
