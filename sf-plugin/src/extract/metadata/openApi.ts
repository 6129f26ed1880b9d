import { parse } from 'yaml';

/** One operation of an OpenAPI document. `id` is empty where the document gives none. */
export interface OpenApiOperation {
  readonly id: string;
  /** In capitals. */
  readonly verb: string;
  readonly path: string;
}

export interface OpenApiFacts {
  /** The first server, or the host of an OpenAPI 2 document. */
  readonly server: string | undefined;
  readonly operations: readonly OpenApiOperation[];
}

const verbs: ReadonlySet<string> = new Set(['get', 'head', 'options', 'trace', 'post', 'put', 'patch', 'delete']);

/**
 * The operations of an OpenAPI 2 or 3 document in JSON or YAML; none where the document is of another kind.
 *
 * @throws SyntaxError when the text is neither JSON nor YAML
 */
export function parseOpenApi(text: string): OpenApiFacts {
  const document = readDocument(text);
  if (!isRecord(document)) return { server: undefined, operations: [] };
  const paths = isRecord(document['paths']) ? document['paths'] : {};
  return {
    server: serverOf(document),
    operations: Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(isRecord(item) ? item : {})
        .filter(([verb]) => verbs.has(verb.toLowerCase()))
        .map(([verb, operation]) => ({
          id: (isRecord(operation) && stringOf(operation['operationId'])) || '',
          verb: verb.toUpperCase(),
          path,
        })),
    ),
  };
}

function readDocument(text: string): unknown {
  // Indented JSON with tabs is no YAML, so JSON has a reader of its own.
  if (/^\s*[{[]/.test(text)) return JSON.parse(text);
  try {
    // The parser limits how far aliases expand; whatever it throws, the document is not readable.
    return parse(text, { logLevel: 'error' });
  } catch (error) {
    throw new SyntaxError('not readable as YAML', { cause: error });
  }
}

function serverOf(document: Record<string, unknown>): string | undefined {
  const [first] = Array.isArray(document['servers']) ? (document['servers'] as unknown[]) : [];
  const url = isRecord(first) ? stringOf(first['url']) : undefined;
  const host = stringOf(document['host']);
  return url ?? (host && `https://${host}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
