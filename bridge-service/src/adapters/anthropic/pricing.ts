import { costUsdMicros } from '../../domain/pricing/cost.ts';
import type { PriceTable } from '../../domain/pricing/priceTable.ts';
import { dearestAttemptUsdMicros } from '../../domain/pricing/worstCase.ts';
import { MAX_BILLABLE_ATTEMPTS } from '../../domain/resilience/nextStep.ts';
import type { Route } from '../../domain/resilience/route.ts';
import type { ModelTier, Pricing } from '../../ports/model.ts';

/** Prices of what the tiers may ask. The worst case is that every attempt which may be billed is the dearest. */
export function createPricing(table: PriceTable, tiers: Readonly<Record<ModelTier, readonly Route[]>>): Pricing {
  return {
    worstCaseUsdMicros: (request, nowMs) => {
      const routes = tiers[request.tier];
      const models = (request.allowFallback ? routes : routes.slice(0, 1)).map(({ model }) => model);
      const attempt = dearestAttemptUsdMicros(table, models, request, nowMs);
      return attempt === undefined ? undefined : attempt * MAX_BILLABLE_ATTEMPTS;
    },
    costUsdMicros: (model, usage, nowMs) => costUsdMicros(table, model, usage, nowMs),
  };
}
