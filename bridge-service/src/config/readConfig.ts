import { parseDocument } from 'yaml';
import { configSchema, type Config } from './schema.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with the settings; names settings, never their values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Settings that the environment can give: variable → where it goes. Secrets have no other way in. */
const variables: readonly (readonly [string, readonly string[]])[] = [
  ['PORT', ['port']],
  ['HOST', ['host']],
  ['DATABASE_URL', ['databaseUrl']],
  ['BRIDGE_DATA', ['dataFolder']],
  ['BRIDGE_PARTY', ['party']],
  ['BRIDGE_PUBLIC_URL', ['publicUrl']],
  ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', ['otlpUrl']],
  ['BRIDGE_MASTER_KEY', ['masterKey']],
  ['BRIDGE_SECOND_MASTER_KEY', ['secondMasterKey']],
  ['BRIDGE_SIGNING_KEY', ['signing', 'privateKey']],
  ['BRIDGE_SIGNING_CERTIFICATE', ['signing', 'certificate']],
  ['BRIDGE_LOG_SEED', ['log', 'seed']],
  ['BRIDGE_MANIFEST', ['manifest']],
  ['BRIDGE_ORG_LOGIN_KEY', ['orgLogin', 'privateKey']],
  ['BRIDGE_ORG_CLIENT_SECRET', ['orgLogin', 'clientSecret']],
  ['ANTHROPIC_API_KEY', ['anthropic', 'apiKey']],
];

const secrets: readonly string[] = [
  'databaseUrl',
  'masterKey',
  'secondMasterKey',
  'signing.privateKey',
  'log.seed',
  'orgLogin.privateKey',
  'orgLogin.clientSecret',
  'anthropic.apiKey',
];

/**
 * Reads the settings: defaults, then the file (YAML), then the environment.
 *
 * @throws ConfigError naming every problem at once
 */
export function readConfig(environment: Environment, file: string, defaults: object): Config {
  const fromFile = readFile(file);
  const inFile = secrets.filter((path) => valueAt(fromFile, path.split('.')) !== undefined);
  let merged = merge(defaults, fromFile);
  for (const [variable, path] of variables) {
    const value = environment[variable];
    if (value !== undefined && value !== '') merged = merge(merged, nest(path, value));
  }
  const parsed = configSchema.safeParse(withoutHalves(merged));
  const problems = [
    ...inFile.map((path) => `${path}: a secret; give it by the environment, not in the file`),
    ...(parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${nameOf(path)}: ${message}`)),
  ];
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new ConfigError(`The bridge cannot start:\n  ${problems.join('\n  ')}`);
}

type Settings = Readonly<Record<string, unknown>>;

function readFile(text: string): Settings {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    throw new ConfigError(`The settings are no YAML: line ${String(error.linePos?.[0].line ?? 1)}`);
  }
  const value: unknown = document.toJS() ?? {};
  if (!isSettings(value)) throw new ConfigError('The settings are not a list of names and values');
  return value;
}

/** A key alone turns nothing on, and tiers alone ask nobody: Claude is asked when both are there. */
function withoutHalves(settings: Settings): Settings {
  const { anthropic, ...rest } = settings;
  return isSettings(anthropic) && 'apiKey' in anthropic ? settings : rest;
}

function merge(base: object, over: Settings): Settings {
  const merged: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(over)) {
    const below = merged[name];
    merged[name] = isSettings(below) && isSettings(value) ? merge(below, value) : value;
  }
  return merged;
}

function nest(path: readonly string[], value: unknown): Settings {
  const [first = '', ...rest] = path;
  return { [first]: rest.length === 0 ? value : nest(rest, value) };
}

function valueAt(settings: Settings, [first = '', ...rest]: readonly string[]): unknown {
  const value = settings[first];
  if (rest.length === 0) return value;
  return isSettings(value) ? valueAt(value, rest) : undefined;
}

/** With the variable that gives it, so that the reader knows where to put it. */
function nameOf(path: readonly PropertyKey[]): string {
  const name = path.map(String).join('.');
  const variable = variables.find(([, to]) => to.join('.') === name)?.[0];
  return variable === undefined ? name : `${name} (${variable})`;
}

function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
