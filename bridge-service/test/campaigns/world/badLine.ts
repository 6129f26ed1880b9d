import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A line between a bridge and its database, on which things go wrong. */
export interface BadLine {
  /** Milliseconds on each way, for each piece. */
  delayMs: number;
  /** Nothing passes, and nobody is told. */
  isStalled: boolean;
  readonly urlOf: (direct: string) => string;
  readonly cut: () => void;
  readonly close: () => Promise<void>;
}

/** Listens on loopback, and connects to the socket that the direct address names. */
export async function startBadLine(): Promise<BadLine> {
  const open = new Set<Socket>();
  let socketPath = '';
  const line = { delayMs: 0, isStalled: false };
  const carry = async (from: Socket, to: Socket): Promise<void> => {
    for await (const piece of from) {
      if (line.delayMs > 0) await delay(line.delayMs);
      while (line.isStalled && !to.destroyed) await delay(50);
      if (!to.destroyed) to.write(piece as Buffer);
    }
    to.end();
  };
  const server = createServer((near) => {
    const far = connect(socketPath);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    for (const way of [carry(near, far), carry(far, near)]) way.catch(() => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return Object.assign(line, {
    urlOf(direct: string): string {
      const { pathname, searchParams } = new URL(direct.replace('@/', '@localhost/'));
      socketPath = `${searchParams.get('host') ?? ''}/.s.PGSQL.5432`;
      return `postgresql://bridge@127.0.0.1:${String(port)}${pathname}`;
    },
    cut(): void {
      for (const socket of open) socket.destroy();
    },
    async close(): Promise<void> {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  });
}
