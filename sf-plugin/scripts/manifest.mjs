/**
 * Usage: node sf-plugin/scripts/manifest.mjs     (npm pack calls it before it packs)
 *
 * Writes oclif.manifest.json from the compiled commands. With it the CLI knows our commands without
 * loading their code; without it every sf command would.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Plugin } from '@oclif/core';

const root = fileURLToPath(new URL('../', import.meta.url));
const plugin = new Plugin({ root, ignoreManifest: true, errorOnManifestCreate: true, respectNoCacheDefault: true });
await plugin.load();
if (Object.keys(plugin.manifest.commands).length === 0) throw new Error('No compiled commands: run "npm run build".');
writeFileSync(`${root}oclif.manifest.json`, `${JSON.stringify(plugin.manifest, null, 2)}\n`);
