import type { IncomingHttpHeaders } from 'node:http';

export interface ApexRestRequest {
  readonly method: string;
  /** Below `/services/apexrest`, with its leading slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The body as text, unparsed, as `RestRequest.requestBody` has it. */
  readonly body: string;
  readonly userId: string;
}

export interface ApexRestResponse {
  readonly status: number;
  /** Sent as JSON; nothing is sent if it is absent. */
  readonly body?: unknown;
}

/** What an Apex class would do. An exception becomes `APEX_ERROR`, as in an org. */
export type ApexRestHandler = (request: ApexRestRequest) => ApexRestResponse | Promise<ApexRestResponse>;

/** Classes with `@RestResource`, played by functions. */
export class ApexRest {
  readonly #handlers: { readonly method: string; readonly pattern: RegExp; readonly handler: ApexRestHandler }[] = [];

  /** @param urlMapping as in the annotation: `/handoff/*` */
  on(method: string, urlMapping: string, handler: ApexRestHandler): void {
    const pattern = urlMapping.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    this.#handlers.push({ method, pattern: new RegExp(`^${pattern}$`), handler });
  }

  find(method: string, path: string): ApexRestHandler | undefined {
    return this.#handlers.find((each) => each.method === method && each.pattern.test(path))?.handler;
  }
}
