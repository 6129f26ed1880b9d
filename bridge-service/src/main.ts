import type { AddressInfo } from 'node:net';
import { readConfig } from './config.ts';
import { readinessOf } from './domain/readiness.ts';
import { createApp } from './http/app.ts';

const { PORT, HOST } = readConfig(process.env);
const server = createApp({ readiness: () => readinessOf([]) }).listen(PORT, HOST, () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`bridge listening on http://${HOST}:${port}\n`);
});
process.once('SIGTERM', () => server.close());
