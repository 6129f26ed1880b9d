/** One model that may answer for a tier, first choice first. */
export interface Route {
  readonly model: string;
  /** How long an answer usually takes; decides which models are still worth asking when the deadline nears. */
  readonly expectedMs: number;
}

/**
 * The model to ask next: the first that can end in time. If none can, the fastest, because a late start is
 * better than none.
 */
export function chooseRoute(routes: readonly Route[], remainingMs: number): Route | undefined {
  const inTime = routes.find(({ expectedMs }) => expectedMs <= remainingMs);
  return inTime ?? fastest(routes);
}

/**
 * How long to wait for a model before another one takes over: until just enough time is left for the
 * fastest of the others. Undefined where nothing faster is left, so only the run's deadline counts.
 */
export function takeOverAfterMs(route: Route, others: readonly Route[], remainingMs: number): number | undefined {
  const next = fastest(others);
  if (!next || next.expectedMs >= route.expectedMs) return undefined;
  const waitMs = remainingMs - next.expectedMs;
  return waitMs > 0 ? waitMs : undefined;
}

function fastest(routes: readonly Route[]): Route | undefined {
  return routes.reduce<Route | undefined>(
    (best, route) => (best === undefined || route.expectedMs < best.expectedMs ? route : best),
    undefined,
  );
}
