/** A replica that has not renewed its lease for this long is taken for dead. */
export const leaseMs = 10_000;
/** How often a running handoff looks at the kill switch and renews its lease: twice in the second it has. */
export const heartbeatMs = 400;
/** When another replica looks whether a handoff still moves. */
export const resumeAfterMs = leaseMs + 2_000;
