import type { FakeOrg } from '../../src/index.ts';

export interface Answer {
  readonly status: number;
  /** Parsed JSON; undefined if there is no body. */
  readonly body: unknown;
}

/** Calls the data API with nothing in between, so that status and body are what the org sent. */
export class RestClient {
  readonly token: string;
  readonly #org: FakeOrg;

  constructor(org: FakeOrg, userId: string) {
    this.#org = org;
    this.token = org.sessions.open(userId);
  }

  /** @param path below `/services/data/v68.0`, or from `/services` on */
  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const address = path.startsWith('/services') || path.startsWith('/id') ? path : `/services/data/v68.0${path}`;
    const response = await fetch(this.#org.url + address, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  async query(soql: string): Promise<Answer> {
    return await this.call('GET', `/query?q=${encodeURIComponent(soql)}`);
  }
}

/** An error as the REST API sends it. */
export function refusal(status: number, errorCode: string, message: string, fields?: readonly string[]): Answer {
  return { status, body: [{ message, errorCode, ...(fields && { fields }) }] };
}
