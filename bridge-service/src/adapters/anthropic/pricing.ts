import { costUsdMicros } from '../../domain/pricing/cost.ts';
import type { PriceTable } from '../../domain/pricing/priceTable.ts';
import { dearestAttemptUsdMicros } from '../../domain/pricing/worstCase.ts';
import { MAX_BILLABLE_ATTEMPTS } from '../../domain/resilience/nextStep.ts';
import type { Route } from '../../domain/resilience/route.ts';
import type { ModelTier, Pricing } from '../../ports/model.ts';

/** Prices of what the tiers may ask. The worst case is that every attempt which may be billed is the dearest. */
export function createPricing(table: PriceTable, tiers: Readonly<Record<ModelTier, readonly Route[]>>): Pricing {
  return {
    worstCaseUsdMicros: (request, nowMs, way) => {
      const routes = tiers[request.tier];
      const models = (request.allowFallback ? routes : routes.slice(0, 1)).map(({ model }) => model);
      const attempt = dearestAttemptUsdMicros(table, models, request, nowMs);
      if (attempt === undefined || way === 'direct') return attempt && attempt * MAX_BILLABLE_ATTEMPTS;
      // A batch is submitted once.
      return table.batchPercent && Math.ceil((attempt * table.batchPercent) / 100);
    },
    costUsdMicros: (model, usage, nowMs) => costUsdMicros(table, model, usage, nowMs),
  };
}
