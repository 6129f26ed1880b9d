import { createClient } from '../../adapters/anthropic/client.ts';
import { readLifecycles, type Lifecycle } from '../../adapters/anthropic/lifecycles.ts';
import type { Config } from '../../config/schema.ts';
import { bandsOf } from '../../domain/pricing/priceTable.ts';
import type { ModelFailureKind } from '../../domain/resilience/failure.ts';
import { readPrices } from '../../wiring/chooseModel.ts';
import { diagnosis, type Diagnosis } from './diagnosis.ts';

const replace = 'put another model in its place in anthropic.tiers';
const wait = 'nothing is wrong here: look again in a minute';

/** What was found out about a model, and what to do about it. */
const found: Readonly<Record<Lifecycle | ModelFailureKind, readonly [text: string, advice: string]>> = {
  active: ['active', ''],
  deprecated: ['deprecated', replace],
  retired: ['retired', replace],
  unknown: ['the API gives it a state that is unknown here', replace],
  no_model: ['the API knows no such model', 'check its name in anthropic.tiers'],
  not_authorised: ['the key is not let in', 'check ANTHROPIC_API_KEY, and that its workspace may use the model'],
  spend_limit: ['the limit of spending is reached', 'raise it in the console of the provider, or wait for the month'],
  rate_limited: ['too many requests under this key', wait],
  overloaded: ['the API is overloaded', wait],
  unavailable: ['the API has a fault', wait],
  connection: ['not reached', 'check the network, and anthropic.baseUrl if it is set'],
  timeout: ['no answer in time', 'check the network and a proxy on the way; if they are well, look again in a minute'],
  truncated: ["the answer is not the API's", 'check anthropic.baseUrl, and what stands between here and the provider'],
  invalid_request: ['the API takes no such question', 'check anthropic.baseUrl, and the name of the model'],
};

/** Whether each model of the tiers can be asked, will be there tomorrow, and has a price today. */
export async function diagnoseModels(
  { anthropic }: Pick<Config, 'anthropic'>,
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
    return [
      diagnosis(`model ${model}`, lifecycle === 'active', ...found[lifecycle]),
      diagnosis(
        `price of ${model}`,
        isPriced,
        isPriced ? 'known' : 'unknown',
        'it is not asked: add a row to prices.json',
      ),
    ];
  });
}
