/**
 * What GitHub code scanning takes: it refuses more results than these, cuts longer flows, and takes 10 MB
 * after compression, which makes a tenth of such a text, or less.
 */
const maxResults = 25_000;
const maxBytes = 40_000_000;
export const maxFlowLocations = 10_000;

/** For rules and notifications. */
const reserve = 1_000_000;

/** The least that is kept for results without their paths. */
const bareShare = 0.4;

/** What of the results fits into a file. */
export interface Fitting {
  readonly results: readonly object[];
  readonly hidden: number;
  readonly withoutPath: number;
}

/** The first findings, which are the worst, with their paths as long as there is room for these. */
export function fittingResults<Finding>(
  findings: readonly Finding[],
  toResult: (finding: Finding, withPath: boolean) => object,
): Fitting {
  const results: object[] = [];
  const room = maxBytes - reserve;
  let used = 0;
  let withPath = findings.length;
  for (const [index, finding] of findings.slice(0, maxResults).entries()) {
    let result = toResult(finding, index < withPath);
    if (index < withPath && used + bytesOf(result) > room * (1 - bareShare)) {
      withPath = index;
      result = toResult(finding, false);
    }
    used += bytesOf(result);
    if (used > room) break;
    results.push(result);
  }
  return {
    results,
    hidden: findings.length - results.length,
    withoutPath: Math.max(0, results.length - withPath),
  };
}

function bytesOf(result: object): number {
  return Buffer.byteLength(JSON.stringify(result)) + 1;
}
