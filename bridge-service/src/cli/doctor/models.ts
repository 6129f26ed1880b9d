import { createClient } from '../../adapters/anthropic/client.ts';
import { readLifecycles } from '../../adapters/anthropic/lifecycles.ts';
import type { Config } from '../../config/schema.ts';
import { bandsOf } from '../../domain/pricing/priceTable.ts';
import { readPrices } from '../../wiring/chooseModel.ts';
import { diagnosis, type Diagnosis } from './diagnosis.ts';

/** Whether each model of the tiers can be asked, will be there tomorrow, and has a price today. */
export async function diagnoseModels(
  { anthropic }: Config,
  nowMs: number,
  signal: AbortSignal,
): Promise<readonly Diagnosis[]> {
  if (anthropic === undefined) return [diagnosis('model', false, 'offline', 'set ANTHROPIC_API_KEY')];
  const { apiKey, baseUrl, tiers } = anthropic;
  const models = [...new Set(Object.values(tiers).flatMap((routes) => routes.map(({ model }) => model)))].sort();
  const client = createClient({ apiKey: apiKey.reveal(), baseUrl });
  const lifecycles = await readLifecycles(client, models, signal);
  const prices = readPrices();
  return models.flatMap((model) => {
    const lifecycle = lifecycles.get(model) ?? 'unknown';
    const isPriced = bandsOf(prices, model, nowMs).length > 0;
    const advice =
      lifecycle === 'unknown'
        ? 'check ANTHROPIC_API_KEY, the network and the name of the model'
        : 'put another model in its place in anthropic.tiers';
    return [
      diagnosis(`model ${model}`, lifecycle === 'active', lifecycle, advice),
      diagnosis(
        `price of ${model}`,
        isPriced,
        isPriced ? 'known' : 'unknown',
        'it is not asked: add a row to prices.json',
      ),
    ];
  });
}
