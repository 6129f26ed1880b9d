import { notFound, SalesforceError } from '../errors.ts';

/** A resource: what is called for a method on paths like `/sobjects/:type/:id`. */
export interface Route<Request, Answer> {
  readonly method: string;
  readonly pattern: string;
  readonly handle: (request: Request, ...parameters: readonly string[]) => Answer;
}

/** The handler of the first route that fits, with the parameters of its path, decoded, in order. */
export function findRoute<Request, Answer>(
  routes: readonly Route<Request, Answer>[],
  method: string,
  path: string,
): (request: Request) => Answer {
  const matches = routes.flatMap((route) => {
    const parameters = match(route.pattern, path);
    return parameters ? [{ route, parameters }] : [];
  });
  const found = matches.find(({ route }) => route.method === method);
  if (found) return (request) => found.route.handle(request, ...found.parameters);
  if (matches.length === 0) throw notFound();
  const allowed = [...new Set(matches.map(({ route }) => route.method))].sort().join(',');
  throw new SalesforceError('METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${allowed}`);
}

function match(pattern: string, path: string): string[] | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  if (!wanted.every((part, at) => part.startsWith(':') || part === given[at])) return undefined;
  return given.filter((_, at) => wanted[at]?.startsWith(':')).map(decode);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw notFound();
  }
}
