/** A connected app or external client app. */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret?: string;
  /** PEM of the certificate, or of its public key, that JWT bearer assertions are verified with. */
  readonly certificate?: string;
  /** The user of the client credentials flow; the flow is off without one. */
  readonly runAs?: string;
  /** Usernames that an administrator has approved; nobody else gets a token. */
  readonly preauthorized?: readonly string[];
}

export class OAuthClients {
  readonly #clients = new Map<string, OAuthClient>();

  add(client: OAuthClient): void {
    this.#clients.set(client.clientId, client);
  }

  find(clientId: string): OAuthClient | undefined {
    return this.#clients.get(clientId);
  }
}
