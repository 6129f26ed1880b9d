/** What the name of a versioned component says: `Order_Agent_v10` is version 10 of `Order_Agent`. */
export interface VersionedName {
  readonly base: string;
  /** As written (`v10`), empty where the name has none. */
  readonly version: string;
  /** For comparison: `v10` is above `v9`, and any number is above none. */
  readonly number: number;
}

/** Bot versions (`v2`, `Order_Agent.v2`), planner bundles (`Order_Agent_v2`), definition versions (`Order_Agent#2`). */
const suffix = /^(?:(.*)[._])?(v(\d+))$|^(.*)#(v?(\d+))$/i;

export function versionedName(name: string): VersionedName {
  const [, dotted, dottedVersion, dottedNumber, hashed, hashedVersion, hashedNumber] = suffix.exec(name) ?? [];
  const version = dottedVersion ?? hashedVersion;
  if (version === undefined) return { base: name, version: '', number: 0 };
  return { base: dotted ?? hashed ?? '', version, number: Number(dottedNumber ?? hashedNumber) };
}
