import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A package as `npm pack --json` describes it, with the file it wrote. */
export interface PackedPackage {
  readonly manifest: { readonly name: string; readonly version: string };
  readonly tarball: string;
}

export interface LocalRegistry {
  /** Ends with a slash, as npm wants it. */
  readonly url: string;
  close(): Promise<void>;
}

/** An npm registry on the loopback interface that holds the given packages and nothing else. */
export async function startLocalRegistry(packages: readonly PackedPackage[]): Promise<LocalRegistry> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '/').slice(1);
    const metadataOf = packages.find(({ manifest }) => path === manifest.name);
    const tarballOf = packages.find(({ manifest }) => path === tarballPath(manifest));
    if (metadataOf) {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(packument(metadataOf, url)));
    } else if (tarballOf) {
      response.setHeader('content-type', 'application/octet-stream').end(readFileSync(tarballOf.tarball));
    } else {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not found"}');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function packument({ manifest, tarball }: PackedPackage, registry: string): object {
  const { name, version } = manifest;
  const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
  return {
    name,
    'dist-tags': { latest: version },
    versions: { [version]: { ...manifest, dist: { tarball: registry + tarballPath(manifest), integrity } } },
  };
}

function tarballPath({ name, version }: PackedPackage['manifest']): string {
  return `${name}/-/${version}.tgz`;
}
