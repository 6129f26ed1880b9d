/**
 * Builds the review components, with the open-source compiler as the bridge console does, into one HTML file that mounts
 * each of them in each of its states.
 *
 * Usage: node test/lwc/buildPage.mjs <file>
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import lwc from '@lwc/rollup-plugin';
import { rollup } from 'rollup';

const here = dirname(fileURLToPath(import.meta.url));
const components = join(here, '../../force-app/main/handoff/lwc');

/** `c/x` as an org names it → its folder. */
const modules = readdirSync(components).map((name) => ({
  name: `c/${name}`,
  path: join(components, name, entryOf(name)),
}));

function entryOf(name) {
  const files = readdirSync(join(components, name));
  return files.includes(`${name}.js`) ? `${name}.js` : `${name}.css`;
}

/** The engine is installed beside this script, not beside the components. */
const engine = {
  name: 'engine',
  resolveId: (id) => (id === 'lwc' ? fileURLToPath(import.meta.resolve('@lwc/engine-dom')) : null),
};

const bundle = await rollup({
  input: join(here, 'page/main.js'),
  plugins: [engine, lwc({ rootDir: join(here, 'page'), modules })],
  onwarn: (warning) => {
    throw new Error(warning.message);
  },
});
const { output } = await bundle.generate({
  format: 'iife',
  intro: 'const process = { env: { NODE_ENV: "production" } };',
});
const script = output[0].code.replaceAll('</script', '<\\/script');
const style = readFileSync(join(here, 'page/page.css'), 'utf8');
writeFileSync(
  process.argv[2],
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Review of handoffs</title>
<style>${style}</style>
</head>
<body>
<main></main>
<script>${script}</script>
</body>
</html>
`,
);
