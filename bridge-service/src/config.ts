import { z } from 'zod';

const schema = z.object({
  /** TCP port; 0 lets the system choose. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** Loopback by default: opening the bridge to a network is a decision. */
  HOST: z.string().min(1).default('127.0.0.1'),
});

export type Config = z.infer<typeof schema>;

/**
 * Reads the configuration from environment variables.
 *
 * @throws Error naming every problem at once
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The bridge cannot start:\n  ${problems.join('\n  ')}`);
}
